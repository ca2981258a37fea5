import { plainText } from '../../shared/domain/plain-text.ts';

/** PINs are read as the service does: in the digits of any script, whatever is invisible or stands around them. */
export const isPin = (text: string): boolean => /^\d{4,12}$/.test(plainText(text));

export const isSamePin = (one: string, other: string): boolean => plainText(one) === plainText(other);
