/** @param {number} value @param {number} [digits] */
const padded = (value, digits = 2) => String(value).padStart(digits, '0');

/**
 * Time after the press: `387 ms`, `2.481 s`, `5:01.020`.
 * @param {number} milliseconds
 */
export const afterText = (milliseconds) => {
  const rounded = Math.max(0, Math.round(milliseconds));
  if (rounded < 1000) return `${rounded} ms`;
  if (rounded < 60_000) return `${(rounded / 1000).toFixed(3)} s`;
  const [hours, minutes] = [Math.floor(rounded / 3_600_000), Math.floor(rounded / 60_000) % 60];
  const seconds = `${padded(Math.floor(rounded / 1000) % 60)}.${padded(rounded % 1000, 3)}`;
  return hours > 0 ? `${hours}:${padded(minutes)}:${seconds}` : `${minutes}:${seconds}`;
};

/** Time of day where the reader is. @param {string} instant ISO 8601 @param {boolean} [withSeconds] */
export const timeOfDay = (instant, withSeconds = false) => {
  const at = new Date(instant);
  const text = `${padded(at.getHours())}:${padded(at.getMinutes())}`;
  return withSeconds ? `${text}:${padded(at.getSeconds())}` : text;
};
