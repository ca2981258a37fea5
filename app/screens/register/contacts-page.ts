import type { App } from '../../app.ts';
import { type Child, h } from '../../ui/dom.ts';
import { type ContactDraft, contactFields } from '../contact-fields.ts';
import type { PageMaker } from './flow.ts';

const mostContacts = 10;

type Actions = { readonly change: () => void; readonly remove: () => void };

/** A contact that is not being typed. */
const listedContact = (app: App, { name, endpoint }: ContactDraft, { change, remove }: Actions): Child => {
  const words = app.words();
  const small = (label: string, click: () => void): Child =>
    h('button', { type: 'button', class: 'small', 'aria-label': `${label}: ${name}`, click }, label);
  return h(
    'li',
    { class: 'row' },
    h('span', {}, h('strong', {}, name), ` ${endpoint}`),
    small(words.change, change),
    small(words.remove, remove),
  );
};

/** The contacts: one row open at a time, the others as a list. */
export const contactsPage: PageMaker = {
  fields: /^contacts/,
  make: (app, draft) => {
    const words = app.words();
    const { contacts } = words.register;
    const { language } = app.phone();
    const row = draft.typing && contactFields(app, String(draft.contacts.length), draft.typing, language);

    /** Takes the open row into the list. @returns whether nothing is wrong with it */
    const close = (): boolean => {
      if (row && !row.isEmpty()) {
        const taken = row.take();
        if (!taken) return false;
        draft.contacts.push(taken);
      }
      draft.typing = undefined;
      return true;
    };
    const open = (contact?: ContactDraft): void => {
      if (!close()) return;
      if (contact) draft.contacts.splice(draft.contacts.indexOf(contact), 1);
      draft.trusted = undefined;
      draft.typing = {
        name: contact?.name ?? '',
        endpoint: contact?.endpoint ?? '',
        language: contact?.language ?? language,
      };
      app.router.again();
      document.getElementById(`name-${draft.contacts.length}`)?.focus();
    };
    const remove = (contact: ContactDraft): void => {
      draft.contacts.splice(draft.contacts.indexOf(contact), 1);
      draft.trusted = undefined;
      app.router.again();
    };

    const listed = draft.contacts.map((contact) =>
      listedContact(app, contact, { change: () => open(contact), remove: () => remove(contact) }),
    );
    const total = draft.contacts.length + (row ? 1 : 0);
    return {
      title: contacts.title,
      body: [
        h('p', {}, contacts.intro),
        listed.length > 0 && h('ul', { class: 'plain' }, listed),
        row?.element,
        total < mostContacts && h('button', { type: 'button', id: 'add', click: () => open() }, contacts.add),
      ],
      take: () => {
        if (!close()) return '';
        const endpoints = new Set(draft.contacts.map(({ endpoint }) => endpoint));
        if (draft.contacts.length === 0) return contacts.none;
        return endpoints.size < draft.contacts.length ? contacts.twice : undefined;
      },
    };
  },
};
