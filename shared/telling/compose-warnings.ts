import type { Language } from '../domain/family/family.ts';
import type { FamilyWarning } from '../domain/family/family-warnings.ts';
import { catalogues } from '../words/catalogues.ts';
import { fill } from '../words/fill.ts';

/** Beside a change after which a second PIN may warn nobody. */
export const composeSecondPinWarning = (isHeard: boolean, language: Language) =>
  composeWarnings(isHeard ? [] : [{ code: 'second-pin-warns-nobody' }], language);

/** What the person reads beside the contact, or above all of them, and what they can do about it. */
export const composeWarnings = (warnings: readonly FamilyWarning[], language: Language) => {
  const texts = catalogues[language].person.warnings;
  return warnings.map(({ code, contact }) => ({
    code,
    ...(contact && { contactId: contact.contactId }),
    detail: fill(code === 'unsubscribed' ? texts[code][contact?.channel ?? 'sms'] : texts[code], {
      name: contact?.name ?? '',
    }),
  }));
};
