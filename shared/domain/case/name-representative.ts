import type { Alert } from './alert.ts';
import { goesOnInSecret, isSecretOrigin } from './alert.ts';
import type { Case } from './case.ts';
import type { Step } from './change-case.ts';
import { audience } from './deliveries.ts';
import { defined } from '../defined.ts';
import type { Contact, Family } from '../family/family.ts';
import { trustedContacts } from '../family/trusted.ts';
import { endOthers, found } from '../representatives/offer.ts';

/**
 * An officer names somebody of no roster: whoever was asked is asked no more. Who is named twice, as by a form that is
 * sent twice, is told once.
 */
export const nameRepresentative = (
  alert: Alert,
  { name, phone }: { name: string; phone: string },
  at: string,
): Step => {
  const former = alert.representative?.name;
  const isSame = former === name && alert.representative?.phone === phone;
  return {
    set: {
      representative: { name, phone, assignedAt: at },
      ...(alert.offers && { offers: [...endOthers(alert.offers)] }),
      ...(alert.offering && { offering: found(alert.offering) }),
    },
    detail: {
      type: 'alert.representative-assigned.v1',
      name,
      phone,
      ...defined({ former: former === name ? undefined : former }),
    },
    deliveries: isSame ? {} : audience(alert),
  };
};

/** Whether a captor may answer the phone of anybody but the trusted contact. */
const isForced = (alert: Alert): boolean => goesOnInSecret(alert) || isSecretOrigin(alert.origin?.kind);

/** Contacts whose phone a representative may be given: while the person is forced the trusted one alone (G7). */
const shareableContacts = (alert: Alert, family: Family, now: Date): readonly Contact[] =>
  isForced(alert) ? trustedContacts(family, now) : family.contacts;

/** The contact whom the representative may call: whom an officer asked; while the person is forced the trusted one. */
export const sharedContact = (alert: Alert, family: Family, now: Date): Contact | undefined => {
  const contacts = shareableContacts(alert, family, now);
  return isForced(alert) ? contacts[0] : contacts.find(({ contactId }) => contactId === alert.sharedContactId);
};

/** An officer asked a contact, who agreed: the representative may call them. */
export const shareContact = (
  { alert, family }: Case,
  contactId: string,
  now: Date,
): Step | { readonly kind: 'unknown-contact' } => {
  const contact = shareableContacts(alert, family, now).find((one) => one.contactId === contactId);
  if (!contact) return { kind: 'unknown-contact' };
  return {
    set: { sharedContactId: contactId },
    detail: { type: 'representative.contact-shared.v1', contact: contact.name },
    deliveries: {},
  };
};
