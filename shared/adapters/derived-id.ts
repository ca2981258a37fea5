import { createHash } from 'node:crypto';

/** A UUID that follows from a text, the same each time, and does not say which text (RFC 9562 §5.8). */
export const derivedId = (text: string): string => {
  const hex = createHash('sha256').update(text).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};
