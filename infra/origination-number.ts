/** Prefixes of the toll-free numbers of the North American Numbering Plan. */
const tollFree = /^\+1(800|833|844|855|866|877|888)/;

/**
 * A number that is registered in one country sends to that country alone: SNS would take the SMS of relatives in others,
 * and no phone would get it. Toll-free numbers can send abroad.
 * https://docs.aws.amazon.com/sms-voice/latest/userguide/phone-numbers.html
 */
export const mutesCountries = (
  smsOriginationNumber: string | undefined,
  smsCountries: readonly string[],
): readonly string[] => {
  if (smsOriginationNumber === undefined || tollFree.test(smsOriginationNumber)) return [];
  const own = smsOriginationNumber.startsWith('+1') ? 'US' : 'MX';
  return smsCountries.filter((country) => country !== own);
};
