import { type Language, languages } from '../shared/domain/vocabulary.ts';
import { appWords } from './words.ts';

/**
 * How the app is installed: under its own name, or as the calculator behind which it hides. The first in Spanish is the
 * address that browsers are given before the app has run.
 */
export const manifestPaths = {
  button: { es: '/manifest.webmanifest', en: '/app/button-en.webmanifest' },
  calculator: { es: '/app/calculator-es.webmanifest', en: '/app/calculator-en.webmanifest' },
} as const satisfies Readonly<Record<string, Readonly<Record<Language, string>>>>;

export type Look = keyof typeof manifestPaths;

/** An installed app starts with empty storage on an iPhone: its look travels in the address that it opens. */
const startUrls: Readonly<Record<Look, string>> = { button: '/', calculator: '/?as=calculator' };

/** Web app manifests by path. @param iconOf path of an icon by name and extension */
export const manifests = (iconOf: (name: string, extension: string) => string): Readonly<Record<string, object>> => {
  const manifestOf = (look: Look, language: Language): object => {
    const { name, short } = appWords[language].looks[look];
    return {
      // One app for the browser, however it looks: choosing another look renames it.
      id: '/',
      name,
      short_name: short,
      lang: language,
      start_url: startUrls[look],
      scope: '/',
      display: 'standalone',
      orientation: 'portrait',
      background_color: '#141312',
      theme_color: look === 'button' ? '#3d0b20' : '#141312',
      icons: [
        { src: iconOf(look, 'png'), sizes: '192x192', type: 'image/png', purpose: 'any' },
        { src: iconOf(look, 'svg'), sizes: 'any', type: 'image/svg+xml', purpose: 'any' },
        { src: iconOf(look, 'svg'), sizes: 'any', type: 'image/svg+xml', purpose: 'maskable' },
      ],
    };
  };
  return Object.fromEntries(
    (['button', 'calculator'] as const).flatMap((look) =>
      languages.map((language) => [manifestPaths[look][language], manifestOf(look, language)]),
    ),
  );
};
