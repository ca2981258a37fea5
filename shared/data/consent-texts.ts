import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { ConsentText } from '../domain/family/consent-text.ts';
import { languages } from '../domain/vocabulary.ts';
import data from './consent-texts.json' with { type: 'json' };

const textsSchema = z.array(z.object({ version: z.string(), texts: z.record(z.enum(languages), z.string()) }));

/** The versions of the consular consent, the newest last. A version that was published stays for good, as it is. */
export const consentTexts: readonly ConsentText[] = textsSchema.parse(data).flatMap(({ version, texts }) =>
  languages.map((language) => {
    const text = texts[language];
    return { version, language, text, sha256: createHash('sha256').update(text).digest('hex') };
  }),
);
