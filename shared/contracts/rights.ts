import * as z from 'zod';
import { languages } from '../domain/vocabulary.ts';
import { language } from './typed.ts';

/** Query of `GET /v1/rights`. */
export const rightsQuery = z
  .object({ language: language.default('es').describe('Language of the texts.') })
  .meta({ id: 'RightsQuery' });

const advice = z.object({
  id: z.string().describe('The same in every language; `docs/rights.md` gives the source of each.'),
  text: z.string(),
  say: z.string().exactOptional().describe('Words to say, in the language of the request.'),
  sayInEnglish: z.string().exactOptional().describe('The same words for officers, to say or to show.'),
  url: z.url().exactOptional(),
});

const advices = z.object({ title: z.string(), advice: z.array(advice).min(1) });

/** `GET /v1/rights`. */
export const rightsResponse = z
  .object({
    language: z.enum(languages),
    title: z.string(),
    notice: z.string().describe('Show this with the texts: general information, not legal advice.'),
    asOf: z.iso.date().describe('When the texts were last compared with their sources.'),
    person: advices,
    family: advices,
    phones: z.array(z.object({ id: z.string(), name: z.string(), phone: z.string().describe('E.164.') })),
  })
  .meta({ id: 'RightsResponse' });

export type RightsResponse = z.infer<typeof rightsResponse>;
