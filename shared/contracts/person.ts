import * as z from 'zod';
import { areTooSimilar } from '../domain/family/pin-likeness.ts';
import { plainText } from '../domain/plain-text.ts';
import { spokenLanguages } from '../domain/vocabulary.ts';
import { sentPosition } from './common.ts';
import { type PhoneRules, parsePhone } from './phone.ts';
import { freeText, language, personName, withoutRegion } from './typed.ts';

// In the document's patterns no `\\d` or `\\w`: other engines take them for the digits and letters of all scripts.
/** In the digits of any script, as a keyboard may write them; what is invisible or stands around them does not count. */
export const pin = z
  .string()
  .overwrite(plainText)
  .regex(/^[0-9]{4,12}$/, 'must be 4 to 12 digits');

/** What the document asks for; the parser reads the usual ways of writing, too. No service has the digits N11. */
const e164 = '\\+(1[2-9]([02-9][0-9]|1[02-9])[2-9]([02-9][0-9]|1[02-9])[0-9]{4}|52[2-9][0-9]{9})';

export const phone = (rules: PhoneRules) =>
  z
    .string()
    .meta({ pattern: `^${e164}${rules.extension === 'kept' ? '(;ext=[0-9]{1,7})?' : ''}$` })
    .transform((input, context) => {
      const parsed = parsePhone(input, rules);
      if ('phone' in parsed) return parsed.phone;
      context.addIssue({ code: 'custom', message: parsed.problem, params: { code: parsed.code } });
      return z.NEVER;
    });

export const bothPins = 'The PIN, or the duress PIN: the answer is the same.';

/** Two PINs that stand beside each other in a request. */
export const pinRule = (context: z.core.$RefinementCtx, field: string, one: string, other: string): void => {
  if (!areTooSimilar(one, other)) return;
  context.addIssue({
    code: 'custom',
    path: [field],
    message: 'must differ from the other PIN in at least two places, and not be its reverse',
    params: { code: one === other ? 'same-as-pin' : 'too-similar' },
  });
};

/** Seven to nine digits; ICE fills up with zeros in front. */
const aNumber = z
  .string()
  .overwrite((text) => {
    const [, digits] =
      /^A?([0-9]{7,9})$/.exec(
        plainText(text)
          .toUpperCase()
          .replaceAll(/[\s.#-]/g, ''),
      ) ?? [];
    return digits === undefined ? text : `A${digits.padStart(9, '0')}`;
  })
  .regex(/^A[0-9]{9}$/, 'must be an A and 7 to 9 digits');

const locator = z.object({
  documentName: personName.exactOptional().describe('The name as identity papers write it.'),
  birthDate: z
    .preprocess((value) => (typeof value === 'string' ? plainText(value) : value), z.iso.date())
    .exactOptional(),
  birthPlace: freeText(80).exactOptional(),
  aNumber: aNumber.exactOptional().describe('The number of the immigration file, “A-number”.'),
});

/** What a person says of themselves. Only name and language are asked of everybody. */
export const personFields = (countries: readonly string[]) => ({
  name: personName,
  language: language.describe('Language of the messages to contacts who chose none.'),
  homePosition: sentPosition.describe('Decides the office if a press has no position.'),
  phone: phone({ countries }).describe('The person’s own phone, E.164.'),
  speaks: z.preprocess(
    withoutRegion,
    z.enum(spokenLanguages).describe('The language that the person speaks best, ISO 639.'),
  ),
  locator: locator.describe('By what a detained person is found. For officers alone, in no message.'),
  urgentAtHome: freeText(300).describe(
    'Who or what at home cannot wait. For contacts and officers, on their pages alone.',
  ),
  wantsRepresentative: z.boolean().describe('Whether officers are to look for a lawyer.'),
});
