const basic =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?' +
  '¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
const extended = '^{}\\[~]|€';

/** @param {string} text */
const septets = (text) => Array.from(text).reduce((sum, character) => sum + (extended.includes(character) ? 2 : 1), 0);

/**
 * How many parts an SMS is sent in, and how full they are. In another alphabet than GSM 03.38 a part holds 70
 * characters. SNS breaks between words, which can make one part more, as here:
 * https://docs.aws.amazon.com/sns/latest/dg/sms_publish-to-phone.html
 * @param {string} text
 * @returns {{ parts: number, used: number, room: number }}
 */
export const smsSize = (text) => {
  const isGsm = Array.from(text).every((character) => basic.includes(character) || extended.includes(character));
  /** @param {string} piece */
  const length = (piece) => (isGsm ? septets(piece) : piece.length);
  const [alone, each] = isGsm ? [160, 153] : [70, 67];
  const used = length(text);
  if (used <= alone) return { parts: 1, used, room: alone };
  let parts = 1;
  let filled = 0;
  for (const word of text.split(/(?<=\s)/)) {
    if (filled > 0 && filled + length(word.trimEnd()) > each) {
      parts += 1;
      filled = 0;
    }
    for (const character of word) {
      if (filled + length(character) > each && character.trim() !== '') {
        parts += 1;
        filled = 0;
      }
      filled += length(character);
    }
  }
  return { parts, used, room: parts * each };
};
