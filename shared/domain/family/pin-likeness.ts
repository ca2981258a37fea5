import { plainText } from '../plain-text.ts';

/** PINs that a glance or a slip confuses: the same in all places but one, or each other's reverse. In any digits. */
export const areTooSimilar = (...pins: readonly [string, string]): boolean => {
  const [pin = '', other = ''] = pins.map(plainText);
  const reversed = Array.from(other).reduce((text, digit) => digit + text, '');
  if (pin === reversed) return true;
  let different = Math.abs(pin.length - other.length);
  for (let index = 0; index < Math.min(pin.length, other.length); index += 1) {
    if (pin[index] !== other[index]) different += 1;
  }
  return different < 2;
};
