import type { Contact } from './family.ts';
import type { AccountChange, FamilyAccount, FamilyDevice } from './family-account.ts';
import type { Secrets } from './register-family.ts';
import type { ContactStatus, FamilyChangeKind, FamilyRefusal } from '../vocabulary.ts';

export type WantedContact = Pick<Contact, 'name' | 'channel' | 'endpoint' | 'language' | 'trusted'>;

/** The channel comes with the endpoint. */
export type ContactChange = Partial<Pick<Contact, 'name' | 'language'>> &
  (Pick<Contact, 'channel' | 'endpoint'> | { readonly channel?: never; readonly endpoint?: never });

export type FamilyRequest =
  | { readonly kind: 'add-contact'; readonly contact: WantedContact }
  | { readonly kind: 'change-contact'; readonly contactId: string; readonly wanted: ContactChange }
  | { readonly kind: 'invite-contact'; readonly contactId: string }
  | { readonly kind: 'remove-contact'; readonly contactId: string }
  | { readonly kind: 'add-device'; readonly as?: 'code' }
  | { readonly kind: 'revoke-device'; readonly deviceId: string }
  | { readonly kind: 'erase' };

export type PlannedChange =
  | { readonly kind: 'refused'; readonly reason: FamilyRefusal }
  /** All contacts would wait. */
  | { readonly kind: 'limited' }
  | { readonly kind: 'none'; readonly contact: Contact; readonly status?: ContactStatus }
  | {
      readonly kind: 'change';
      readonly writes: Pick<
        AccountChange,
        'contacts' | 'removed' | 'devices' | 'seizedDevice' | 'joining' | 'code' | 'endsLinks'
      >;
      readonly code?: { readonly code: string; readonly expiresAt: string };
      readonly change: FamilyChangeKind;
      readonly contact?: Contact;
      readonly status?: ContactStatus;
      readonly device?: FamilyDevice;
    };

export type ChangeContext = {
  readonly account: FamilyAccount;
  /** The duress PIN, or the PIN while a case is open in secret: what it means for officers and the trusted contact is not done. */
  readonly pretend: boolean;
  /** A phone that a seized phone adds counts as seized too. */
  readonly seized: boolean;
  /** The endpoint of the request is at the limit of the day: what a contact holds who waits for that. */
  readonly waiting?: string;
  readonly status: ContactStatus;
  readonly now: Date;
  readonly newId: () => string;
  readonly newSecretHash: string;
  readonly newCode: Secrets['newCode'];
};
