import * as z from 'zod';
import { languages } from '../domain/vocabulary.ts';
import { language } from './typed.ts';

export const consentVersion = z
  .string()
  .regex(/^[A-Za-z0-9_.-]{1,40}$/, 'must be 1 to 40 letters, digits, dots or dashes');

/** Query of `GET /v1/consent`. */
export const consentQuery = z
  .object({
    language: language.default('es').describe('Language of the text.'),
    version: consentVersion.exactOptional().describe('The newest if it is left out.'),
  })
  .meta({ id: 'ConsentQuery' });

const sha256 = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .describe('SHA-256 of the text in UTF-8, hex in lower case.');

/** `GET /v1/consent`. */
export const consentResponse = z
  .object({
    version: consentVersion,
    language: z.enum(languages),
    text: z.string().describe('Show it whole before the person answers.'),
    sha256,
  })
  .meta({ id: 'ConsentResponse' });
