import { plainText } from '../../shared/domain/plain-text.ts';

/** As the service reads it: in the digits of any script, whatever is invisible or stands around them. */
export const isPin = (text: string): boolean => /^\d{4,12}$/.test(plainText(text));
