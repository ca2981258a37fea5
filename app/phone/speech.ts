/** Reads aloud with the phone's own voice, without a network. */
export const canSpeak = (): boolean => 'speechSynthesis' in window;

export const speak = (text: string, language: 'es' | 'en'): void => {
  speechSynthesis.cancel();
  const said = new SpeechSynthesisUtterance(text);
  said.lang = language === 'es' ? 'es-MX' : 'en-US';
  speechSynthesis.speak(said);
};

export const isSpeaking = (): boolean => speechSynthesis.speaking;

export const beQuiet = (): void => {
  if (canSpeak()) speechSynthesis.cancel();
};
