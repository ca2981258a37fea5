const callingCodes = new Map([
  ['US', '+1'],
  ['MX', '+52'],
]);

/** A phone with its country code, or what is missing. The service looks closer. */
export type TypedPhone = { readonly e164: string } | 'no-country' | 'no-phone';

/** Ten bare digits are a number of both countries, so the person says of which. @param country `US` or `MX` */
export const phoneOf = (typed: string, country: string | undefined): TypedPhone => {
  const digits = typed.replace(/\D/g, '');
  if (/^\s*(\+|00)/.test(typed)) return digits.length < 10 ? 'no-phone' : { e164: `+${digits.replace(/^00/, '')}` };
  if (digits.length === 12 && digits.startsWith('52')) return { e164: `+${digits}` };
  if (digits.length === 11 && digits.startsWith('1')) return { e164: `+${digits}` };
  if (digits.length !== 10) return 'no-phone';
  const code = callingCodes.get(country ?? '');
  return code === undefined ? 'no-country' : { e164: code + digits };
};
