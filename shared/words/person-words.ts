import type { Contact } from '../domain/family/family.ts';
import type { FamilyWarning } from '../domain/family/family-warnings.ts';

/** To the person's own phone, before a check-in is due. Values: `{minutes}`, `{time}` and `{about}`, which may be empty. */
type ReminderTexts = {
  readonly subject: string;
  readonly default: string;
  readonly sms: string;
  /** `{time}`, where the person's zone is known. */
  readonly by: string;
  /** `{label}`. */
  readonly about: string;
};

/** What the protected person reads of their own button. */
export type PersonWords = {
  /** `{name}`. What is wrong with a contact, and what to do. */
  readonly warnings: Readonly<Record<Exclude<FamilyWarning['code'], 'unsubscribed'>, string>> & {
    readonly unsubscribed: Readonly<Record<Contact['channel'], string>>;
  };
  readonly reminder: ReminderTexts;
};
