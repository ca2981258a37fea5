import { parsePhoneNumberFromString } from 'libphonenumber-js/min';

/**
 * A phone in E.164, or the reason why it is none. Ten bare digits are refused, because Mexico and the USA both write
 * numbers so. The old Mexican mobile prefix +52 1 is accepted and dropped. Beyond that only the length is checked: a new
 * area code must not keep a family from registering.
 *
 * @param countryCodes calling codes that the operator sends to, such as `+1` (SMS pumping goes elsewhere)
 */
export const parsePhone = (
  input: string,
  countryCodes: readonly string[],
): { readonly phone: string } | { readonly problem: string } => {
  const international = input.trim().replace(/^00/, '+');
  if (!international.startsWith('+')) {
    return { problem: `must begin with the country code, such as ${countryCodes.join(' or ')}` };
  }
  const withoutOldPrefix = international.replace(/^\+52[\s().-]*1[\s().-]*(?=(?:\d[\s().-]*){10}$)/, '+52');
  const parsed = parsePhoneNumberFromString(withoutOldPrefix);
  if (!parsed?.isPossible() || parsed.ext !== undefined) return { problem: 'must be a complete phone number' };
  if (!countryCodes.includes(`+${parsed.countryCallingCode}`)) {
    return { problem: `must be a number of ${countryCodes.join(' or ')}: no messages are sent to other countries` };
  }
  return { phone: parsed.number };
};
