import { fill } from '../../shared/words/fill.ts';
import { type App, problemText } from '../app.ts';
import { type Child, fillWith, h } from '../ui/dom.ts';
import { radios, textField } from '../ui/form.ts';
import type { Screen, View } from '../ui/router.ts';
import { changeForm, changeScreen } from './change-form.ts';
import { contactFields } from './contact-fields.ts';
import { phoneOf } from './phone-number.ts';
import { type Contact, adviceText, contactsIn, isJson, statusText, text } from './contact-status.ts';
import { recoverScreen } from './recover.ts';

/** One more contact. */
const addScreen = (app: App) => (): View => {
  const words = app.words();
  const { language } = app.phone();
  const fields = contactFields(app, 'new', { name: '', endpoint: '', language }, language);
  const { trusted } = words.register;
  const truth = radios('truth', trusted.title, [
    { value: 'yes', label: trusted.thisOne },
    { value: 'no', label: trusted.another },
  ]);
  const change = changeForm(app, {
    id: 'pin',
    fields: [fields.element, truth.element, h('p', { class: 'soft' }, words.contacts.tells)],
    button: words.save,
    path: '/v1/family/contacts',
    body: () => {
      const contact = fields.take();
      return contact && { ...contact, ...(truth.value() === 'yes' && { trusted: true }) };
    },
    done: () => {
      app.router.back();
      return undefined;
    },
  });
  return { title: words.register.contacts.add, body: change.element };
};

/** Another name or endpoint for a contact. */
const changeContactScreen = (app: App, contact: Contact) => (): View => {
  const words = app.words();
  const { contacts, problems, register } = words;
  const name = textField({ id: 'name', label: register.contacts.name, value: contact.name, maxlength: 80 });
  const endpoint = textField({
    id: 'endpoint',
    label: register.contacts.endpoint,
    hint: fill(contacts.unchanged, { endpoint: contact.endpoint }),
    inputmode: 'email',
  });
  const body = (): object | undefined => {
    const typed = endpoint.value();
    const phone = phoneOf(typed, contact.endpoint.startsWith('+52') ? 'MX' : 'US');
    const next = contact.channel === 'sms' && typeof phone === 'object' ? phone.e164 : typed;
    const isWrong = typed !== '' && contact.channel === 'sms' && typeof phone !== 'object';
    endpoint.fail(isWrong ? register.contacts.badPhone : undefined);
    name.fail(name.value() === '' ? problems.empty : undefined);
    if (isWrong || name.value() === '') return undefined;
    return { name: name.value(), ...(typed !== '' && { endpoint: next }) };
  };
  const change = changeForm(app, {
    id: 'pin',
    fields: [name.element, endpoint.element],
    button: words.save,
    path: `/v1/family/contacts/${contact.contactId}`,
    body,
    done: () => toList(app),
  });
  return { title: contact.name, body: change.element };
};

/** Back over the page of the one contact, which is not as it was. */
const toList = (app: App): undefined => {
  app.router.back(2);
};

/** One contact: whether messages arrive, and what can be done. */
const contactScreen = (app: App, contact: Contact) => (): View => {
  const words = app.words();
  const { contacts } = words;
  const path = `/v1/family/contacts/${contact.contactId}`;
  const invite = changeScreen(app, contact.name, {
    button: contacts.ask,
    path: `${path}/invite`,
    body: () => ({}),
    done: () => contacts.asked,
  });
  const remove = changeScreen(app, contact.name, {
    fields: h('p', { class: 'soft' }, contacts.tells),
    button: words.remove,
    path: `${path}/remove`,
    body: () => ({}),
    done: () => toList(app),
  });
  const to = (label: string, screen: Screen): Child =>
    h('button', { type: 'button', click: () => app.router.open(screen) }, label);
  return {
    title: contact.name,
    body: [
      h('p', {}, statusText(app, contact)),
      h('p', {}, adviceText(app, contact)),
      contact.channel === 'email' && contact.status === 'pending' && !contact.isRefused && to(contacts.ask, invite),
      to(words.change, changeContactScreen(app, contact)),
      to(words.remove, remove),
    ],
  };
};

const countsText = (app: App, counts: unknown): string => {
  const numbers = isJson(counts) ? counts : {};
  const all = Object.values(numbers).reduce((sum: number, each) => sum + (typeof each === 'number' ? each : 0), 0);
  const reached = numbers['subscribed'];
  return fill(app.words().contacts.counts, {
    reached: String(typeof reached === 'number' ? reached : 0),
    all: String(all),
  });
};

/** What keeps messages from the whole family, in the service's words. What is about one contact stands beside them. */
const warningsIn = (warnings: unknown): Child =>
  (Array.isArray(warnings) ? warnings : [])
    .filter(isJson)
    .filter(({ contactId }) => contactId === undefined)
    .map(({ detail }) => h('p', { class: 'error' }, text(detail)));

/** Who is told; after a press, how many alone. */
export const contactsScreen = (app: App) => (): View => {
  const words = app.words();
  const place = h('div', {}, h('p', { role: 'status' }, words.wait));
  const listed = (contact: Contact): Child =>
    h(
      'li',
      {},
      h(
        'button',
        { type: 'button', class: 'entry', click: () => app.router.open(contactScreen(app, contact)) },
        h('strong', {}, contact.name),
        h('span', {}, `${contact.endpoint} · ${statusText(app, contact)}`),
      ),
    );
  const read = async (): Promise<void> => {
    const reply = await app.ask('GET', '/v1/family');
    if (reply.kind !== 'ok') {
      fillWith(place, h('p', { role: 'alert' }, problemText(app, reply)));
      return;
    }
    const contacts = contactsIn(reply.body);
    fillWith(
      place,
      warningsIn(reply.body['warnings']),
      contacts
        ? h('ul', { class: 'entries' }, contacts.map(listed))
        : [
            h('p', {}, countsText(app, reply.body['counts'])),
            h('p', {}, words.after.safeHint),
            h('button', { type: 'button', click: () => app.router.open(recoverScreen(app)) }, words.after.safe),
          ],
      h('button', { type: 'button', click: () => app.router.open(addScreen(app)) }, words.register.contacts.add),
    );
  };
  void read();
  return { title: words.menu.contacts, body: place };
};
