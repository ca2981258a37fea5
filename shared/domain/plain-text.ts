const isDigit = (codePoint: number): boolean => /^\p{Nd}$/u.test(String.fromCodePoint(codePoint));

// In Unicode the digits of every script are ten in a row, zero first.
const digitValue = (digit: string): string => {
  const codePoint = digit.codePointAt(0) ?? 0;
  let zero = codePoint;
  while (isDigit(zero - 1)) zero -= 1;
  return String((codePoint - zero) % 10);
};

/** Replaces the signs that a phone's language or a copying program may write. */
export const plainText = (text: string): string =>
  text
    .replaceAll(/[\p{Cf}\p{Cc}]/gu, '')
    .replaceAll(/[\u066B\uFF0E]/g, '.')
    .replaceAll(/[−‐‑‒–—―﹣－]/g, '-')
    .replaceAll(/[＋﹢]/g, '+')
    .replaceAll(/[：∶]/g, ':')
    .replaceAll(/\p{Nd}/gu, digitValue)
    .replaceAll(/\s+/g, ' ')
    .trim();
