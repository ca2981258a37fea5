import { plainText } from '../../shared/domain/plain-text.ts';

const callingCodes = new Map([
  ['US', '+1'],
  ['MX', '+52'],
]);

/** A phone with its country code, or what is missing. The service looks closer. */
export type TypedPhone = { readonly e164: string } | 'no-country' | 'no-phone';

/** A link to somebody's chat. Its number has no plus. */
const chat = /^.*(?:wa\.me\/|[?&]phone=)(?:%2B)?([^?&]*).*$/i;

/** A number with its country, from the first plus that a digit follows, or as one dials abroad. */
const international = /(?:\+[\s(]*|^\D*(?=00|011))(\d.*)$/;

/** Ten bare digits are a number of both countries, so the person says of which. @param country `US` or `MX` */
export const phoneOf = (sent: string, country: string | undefined): TypedPhone => {
  const typed = plainText(sent).replace(chat, '+$1');
  const abroad = international
    .exec(typed)?.[1]
    ?.replace(/\D/g, '')
    .replace(/^(?:00|011)/, '');
  if (abroad !== undefined) return abroad.length < 10 ? 'no-phone' : { e164: `+${abroad}` };
  const digits = typed.replace(/\D/g, '');
  if (digits.length === 12 && digits.startsWith('52')) return { e164: `+${digits}` };
  // In Mexico some still dial 1, 01, 044 or 045 first: after a 1 nobody knows of which country the ten are.
  if (digits.length === 11 && digits.startsWith('1') && country !== 'MX') return { e164: `+${digits}` };
  const national = country === 'MX' ? digits.replace(/^(?:01|04[45])(?=\d{10}$)/, '') : digits;
  if (national.length !== 10) return 'no-phone';
  const code = callingCodes.get(country ?? '');
  return code === undefined ? 'no-country' : { e164: code + national };
};
