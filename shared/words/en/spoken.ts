import type { SpokenLanguage } from '../../domain/vocabulary.ts';

/** Languages that people speak best. */
export const spoken: Readonly<Record<SpokenLanguage, string>> = {
  es: 'Spanish',
  en: 'English',
  nah: 'Nahuatl',
  yua: 'Maya',
  mix: 'Mixtec',
  zap: 'Zapotec',
  tzo: 'Tsotsil',
  tzh: 'Tseltal',
  oto: 'Otomi',
  mau: 'Mazatec',
  maz: 'Mazahua',
  pua: 'Purepecha',
  trc: 'Triqui',
  mam: 'Mam',
  quc: 'K’iche’',
};
