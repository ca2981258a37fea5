/** PINs that a glance or a slip confuses: the same in all places but one, or each other's reverse. */
export const areTooSimilar = (pin: string, other: string): boolean => {
  const reversed = Array.from(other).reduce((text, digit) => digit + text, '');
  if (pin === reversed) return true;
  let different = Math.abs(pin.length - other.length);
  for (let index = 0; index < Math.min(pin.length, other.length); index += 1) {
    if (pin[index] !== other[index]) different += 1;
  }
  return different < 2;
};
