/**
 * Letters and digits that are not mistaken for each other when they are read from paper: without I, L, O and U, as
 * Douglas Crockford's base 32. https://www.crockford.com/base32.html
 */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

export const lettersOf = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => alphabet.charAt(byte & 31)).join('');

/** In groups of four: `K7QM-2XWD`. */
export const inGroups = (letters: string): string => (letters.match(/.{1,4}/g) ?? []).join('-');

/** A code as it was made, however it was typed. */
export const lettersIn = (typed: string): string =>
  typed
    .toUpperCase()
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1')
    .replaceAll(/[^0-9A-Z]/g, '');
