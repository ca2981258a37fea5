import type { SpokenLanguage } from '../../domain/vocabulary.ts';

/** Languages that people speak best. */
export const spoken: Readonly<Record<SpokenLanguage, string>> = {
  es: 'Español',
  en: 'Inglés',
  nah: 'Náhuatl',
  yua: 'Maya',
  mix: 'Mixteco',
  zap: 'Zapoteco',
  tzo: 'Tsotsil',
  tzh: 'Tseltal',
  oto: 'Otomí',
  mau: 'Mazateco',
  maz: 'Mazahua',
  pua: 'Purépecha',
  trc: 'Triqui',
  mam: 'Mam',
  quc: 'K’iche’',
};
