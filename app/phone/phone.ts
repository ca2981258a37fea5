import { type Language, isLanguage } from '../../shared/domain/vocabulary.ts';
import type { Look } from '../manifests.ts';
import { changeKept, readKept } from './kept.ts';

/** What the phone is, and all that it keeps beside the queue: nothing of it says whose phone it is. */
export type Phone = {
  readonly token?: string;
  readonly language: Language;
  /** How the button is pressed. */
  readonly press: 'hold' | 'tap';
  readonly look: Look;
  /** Whether the person authorised consular contact: without, no office is named anywhere. */
  readonly consent: boolean;
};

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const browserLanguage = (): Language =>
  navigator.languages.map((language) => language.slice(0, 2)).find(isLanguage) ?? 'es';

/** What an older or newer version has left is read as far as it is understood. */
const phoneIn = (kept: unknown): Phone => {
  const { token, language, press, look, consent } = isRecord(kept) ? kept : {};
  return {
    ...(typeof token === 'string' && { token }),
    language: isLanguage(language) ? language : browserLanguage(),
    press: press === 'tap' ? 'tap' : 'hold',
    look: look === 'calculator' ? 'calculator' : 'button',
    consent: consent === true,
  };
};

export const readPhone = async (): Promise<Phone> => phoneIn(await readKept('phone').catch(() => undefined));

export const changePhone = async (change: Partial<Phone>): Promise<Phone> => {
  const merged = (before: unknown): Phone => ({ ...phoneIn(before), ...change });
  return changeKept('phone', merged).catch(() => merged(undefined));
};
