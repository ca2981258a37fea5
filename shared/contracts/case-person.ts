import * as z from 'zod';
import { languages, spokenLanguages } from '../domain/vocabulary.ts';

/** What officers read of a person. */
export const casePerson = z.object({
  name: z.string(),
  language: z.enum(languages),
  phone: z.string().nullable(),
  speaks: z.enum(spokenLanguages).nullable().describe('What they speak best, ISO 639.'),
  locator: z
    .object({
      documentName: z.string().nullable(),
      birthDate: z.iso.date().nullable(),
      birthPlace: z.string().nullable(),
      aNumber: z.string().nullable(),
    })
    .describe('By what a detained person is found, as far as the person gave it.'),
  urgentAtHome: z.string().nullable().describe('The person’s own words. Show them as text only.'),
  wantsRepresentative: z.boolean().nullable().describe('Whether they asked for a lawyer; null: they did not say.'),
});
