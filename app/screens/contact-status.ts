import { type ContactStatus, type Language, contactStatuses, isLanguage } from '../../shared/domain/vocabulary.ts';
import type { App } from '../app.ts';
import { type Child, h } from '../ui/dom.ts';

/** A contact as the service lists it. */
export type Contact = {
  readonly contactId: string;
  readonly name: string;
  readonly channel: 'sms' | 'email';
  readonly endpoint: string;
  readonly language?: Language;
  readonly status: ContactStatus;
  /** Could not be added: they are asked for again, without the person. */
  readonly isRefused: boolean;
};

type Json = Readonly<Record<string, unknown>>;
export const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null;
export const text = (value: unknown): string => (typeof value === 'string' ? value : '');
export const someText = (value: unknown): string | undefined => (text(value) === '' ? undefined : text(value));

const contactIn = (
  { contactId, name, channel, endpoint, language, status }: Json,
  refused: readonly unknown[],
): Contact => ({
  contactId: text(contactId),
  name: text(name),
  channel: channel === 'email' ? 'email' : 'sms',
  endpoint: text(endpoint),
  ...(isLanguage(language) && { language }),
  status: contactStatuses.find((each) => each === status) ?? 'pending',
  isRefused: refused.includes(contactId),
});

export const contactsIn = (family: Json): readonly Contact[] | undefined => {
  const { contacts, warnings } = family;
  const all = Array.isArray(warnings) ? warnings.filter(isJson) : [];
  const refused = all.filter(({ code }) => code === 'refused').map(({ contactId }) => contactId);
  return Array.isArray(contacts) ? contacts.filter(isJson).map((one) => contactIn(one, refused)) : undefined;
};

/** The contacts, where this phone may see them. */
export const readContacts = async (app: App): Promise<readonly Contact[] | undefined> => {
  const reply = await app.ask('GET', '/v1/family');
  return reply.kind === 'ok' ? contactsIn(reply.body) : undefined;
};

export const statusText = (app: App, { status, channel, isRefused }: Contact): string => {
  const words = app.words().contacts.status;
  if (isRefused) return words.refused;
  return status === 'pending' ? words.pending[channel] : words[status];
};

/** What the person can do about a contact who is not reached. */
export const adviceText = (app: App, { status, channel, isRefused }: Contact): string | undefined => {
  const { advice } = app.words().contacts;
  if (isRefused) return advice.refused;
  if (status === 'pending') return channel === 'email' ? advice.email : undefined;
  return status === 'subscribed' ? undefined : advice[status];
};

/** Those who would not hear of an alert now, each with the reason. */
export const missingContacts = (app: App, contacts: readonly Contact[]): Child => {
  const unreached = contacts.filter(({ status }) => status !== 'subscribed');
  if (unreached.length === 0) return h('p', {}, app.words().last.allReached);
  return h(
    'ul',
    { class: 'plain' },
    unreached.map((contact) =>
      h('li', {}, h('strong', {}, contact.name), `: ${statusText(app, contact)}. `, adviceText(app, contact)),
    ),
  );
};
