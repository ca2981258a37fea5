export const isPin = (text: string): boolean => /^\d{4,12}$/.test(text);

/** PINs that a glance tells apart: different in two places at least, and not each other's reverse. */
export const areTooSimilar = (pin: string, other: string): boolean => {
  const reversed = Array.from(other).reduce((text, digit) => digit + text, '');
  if (pin === reversed) return true;
  let different = Math.abs(pin.length - other.length);
  for (let index = 0; index < Math.min(pin.length, other.length); index += 1) {
    if (pin[index] !== other[index]) different += 1;
  }
  return different < 2;
};
