import type { Language } from '../../shared/domain/vocabulary.ts';
/** Reads aloud with the phone's own voice, without a network. */
export const canSpeak = (): boolean => 'speechSynthesis' in window;

const voices: Readonly<Record<Language, string>> = { es: 'es-MX', en: 'en-US' };

export const speak = (text: string, language: Language): void => {
  speechSynthesis.cancel();
  const said = new SpeechSynthesisUtterance(text);
  said.lang = voices[language];
  speechSynthesis.speak(said);
};

export const isSpeaking = (): boolean => speechSynthesis.speaking;

export const beQuiet = (): void => {
  if (canSpeak()) speechSynthesis.cancel();
};
