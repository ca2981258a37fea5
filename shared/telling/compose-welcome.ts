import type { Family, Language } from '../domain/family/family.ts';
import type { Publication } from './publication.ts';
import { catalogues } from '../words/catalogues.ts';
import { fill } from '../words/fill.ts';
import { fitShortSms } from '../words/short-text.ts';

/** What the welcome of a new family's contacts is made of. */
export type WelcomeFacts = {
  readonly family: Pick<Family, 'person'>;
  /** Absent: the person's. */
  readonly language?: Language;
  /** E.164 number from which SMS come; absent: SNS chooses one, and it may be toll-free. */
  readonly smsOriginationNumber?: string;
};

// North American toll-free codes: https://www.fcc.gov/general/what-toll-free-number-and-how-does-it-work
const isTollFree = (number: string): boolean => /^\+18(?:00|33|44|55|66|77|88)/.test(number);

/**
 * The first SMS to a contact. On toll-free numbers the network itself knows only the word STOP, and the text says so;
 * on others the reader is sent to the person, since a word texted back would opt them out of the whole account.
 */
export const composeWelcome = ({
  family,
  language = family.person.language,
  smsOriginationNumber,
}: WelcomeFacts): Publication => {
  const { someone, welcome: texts } = catalogues[language].family;
  const origin =
    smsOriginationNumber === undefined ? 'unknown' : isTollFree(smsOriginationNumber) ? 'tollFree' : 'other';
  return {
    subject: texts.subject,
    bodies: {
      default: texts.default,
      sms: fitShortSms(
        { name: family.person.name, someone },
        (name) => `${fill(texts.sms, { name })} ${texts.stop[origin]}`,
      ),
    },
    attributes: { type: 'contact.welcome.v1', drill: 'false' },
  };
};
