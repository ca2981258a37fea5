/**
 * Formats of one kind by zone, kept: making one takes a hundred times as long as using it.
 * @returns the format of an IANA zone
 */
export const localFormats = (
  locale: string,
  options: Omit<Intl.DateTimeFormatOptions, 'timeZone'>,
): ((timeZone: string) => Intl.DateTimeFormat) => {
  const kept = new Map<string, Intl.DateTimeFormat>();
  return (timeZone) => {
    const format = kept.get(timeZone) ?? new Intl.DateTimeFormat(locale, { ...options, timeZone });
    kept.set(timeZone, format);
    return format;
  };
};
