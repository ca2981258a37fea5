import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/min';
import { plainText } from '../domain/plain-text.ts';
import type { FieldProblem } from '../domain/vocabulary.ts';

/** The USA has its territories with it: they are countries of their own in ISO 3166, and not to those who live there. */
const territories: Readonly<Record<string, readonly string[]>> = { US: ['PR', 'GU', 'VI', 'AS', 'MP'] };

/** Whether it is the ISO 3166 code of a country with phones. */
export const isPhoneCountry = (code: string): code is CountryCode => isSupportedCountry(code);

export type PhoneRules = {
  /** ISO 3166 codes of the countries that the operator sends to; SMS pumping goes elsewhere. +1 is 25 countries. */
  readonly countries: readonly string[];
  /** Lawyers have extensions, to which no SMS goes. @default 'refused' */
  readonly extension?: 'kept' | 'refused';
};

/** E.164, with an extension `+12135550101;ext=12` (RFC 3966); or why it is none. */
export type ParsedPhone = { readonly phone: string } | { readonly problem: string; readonly code: FieldProblem };

type PhoneProblem = Extract<ParsedPhone, { readonly problem: string }>;

const incomplete: PhoneProblem = { problem: 'must be a complete phone number', code: 'incomplete-phone' };
const costly: PhoneProblem = { problem: 'must not be a number that costs extra', code: 'premium-phone' };

/** Numbers that nobody has, or that cost those who call or text them: the library's small set does not know them all. */
const problemOf = (callingCode: string, national: string): PhoneProblem | undefined => {
  if (callingCode === '1') {
    // Area code and exchange begin with 2 to 9; 211 to 911 are services. https://nationalnanpa.com/area_codes/
    if (!/^[2-9]\d{2}[2-9]\d{6}$/.test(national) || /^(?:\d11|\d{4}11)/.test(national)) return incomplete;
    return /^(?:900|\d{3}976)/.test(national) ? costly : undefined;
  }
  if (callingCode !== '52') return undefined;
  if (!/^[2-9]\d{9}$/.test(national)) return incomplete;
  return national.startsWith('900') ? costly : undefined;
};

/** A link to somebody's chat, as it is shared: the number without its plus. https://faq.whatsapp.com/5913398998672934 */
const whatsApp =
  /^(?:https?:\/\/)?(?:wa\.me\/|(?:api|web)\.whatsapp\.com\/send\/?\?phone=|whatsapp:\/\/send\/?\?phone=)[+\s]*(\d+)(?:[/?&].*)?$/i;

/**
 * A phone in E.164, or why it is none: the one parser for families, offices, lawyers, settings and the operator's
 * commands. Ten bare digits are refused, as Mexico and the USA both write numbers so. The old Mexican prefixes after +52
 * (1, 01, 044, 045) are accepted and dropped, and so are invisible marks that address books copy along, and whatever
 * stands before the plus or before how one dials abroad: `(+52) 55…`, `Tel. +1…`, `tel:0052…`.
 *
 * An area code of +1 that the library does not know yet counts as one of the USA: a new one must keep no family from
 * registering.
 */
export const parsePhone = (input: string, { countries, extension = 'refused' }: PhoneRules): ParsedPhone => {
  const international = plainText(input)
    .replace(whatsApp, '+$1')
    .replace(/^[^\d+]+(?=\+|00|011)/, '')
    .replace(/^[\s(+]*(?:011|00)[\s().-]*(?=\d)/, '+')
    .replace(/^\+[\s(]*52[\s().-]*(?:1|01|04[45])[\s().-]*(?=(?:\d[\s().-]*){10}(?:$|[^\d\s().-]))/, '+52');
  if (!international.startsWith('+')) {
    return { problem: 'must begin with the country code, such as +1 or +52', code: 'no-country-code' };
  }
  const parsed = parsePhoneNumberFromString(international);
  if (!parsed?.isPossible()) return incomplete;
  if (parsed.ext !== undefined && extension === 'refused') {
    return { problem: 'must not have an extension', code: 'phone-extension' };
  }
  const { countryCallingCode, nationalNumber } = parsed;
  const problem = problemOf(countryCallingCode, nationalNumber);
  if (problem !== undefined) return problem;
  const country = parsed.country ?? (countryCallingCode === '1' ? 'US' : '');
  if (!countries.some((code) => code === country || territories[code]?.includes(country))) {
    const where = countries.join(' or ');
    return { problem: `must be a number of ${where}: no messages are sent to other countries`, code: 'other-country' };
  }
  return { phone: parsed.ext === undefined ? parsed.number : `${parsed.number};ext=${parsed.ext}` };
};
