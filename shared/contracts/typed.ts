import * as z from 'zod';
import type { NameKind } from '../domain/typed-text.ts';
import { nameProblem, tidyName, tidyText } from '../domain/typed-text.ts';
import { languages } from '../domain/vocabulary.ts';

const nameOf = (kind: NameKind) =>
  z
    .string()
    .overwrite((text) => tidyName(text, kind))
    .superRefine((name, context) => {
      const problem = nameProblem(name);
      if (problem !== undefined) context.addIssue({ code: 'custom', message: problem });
    })
    .describe(
      'Letters of any script, 80 characters, 4 digits at the most. What has no place in a name (emoji, invisible ' +
        'characters, other signs) is dropped, and a space follows each dot.',
    );

/** The name of the person. */
export const personName = nameOf('person');

/** How officers, lawyers and relatives are called or sign, which holds more signs: `Lic. Ana Pérez, guardia`. */
export const signature = nameOf('signature');

/** Text of one or more lines, tidied and without links. `maximum` counts characters. */
export const freeText = (maximum: number) =>
  z
    .string()
    .overwrite(tidyText)
    .min(1, 'must not be empty')
    .refine((value) => Array.from(value).length <= maximum, `must be at most ${maximum} characters`);

/** As mail goes to it: without invisible marks that were copied along, and an IDN domain in ASCII (RFC 5890). */
const asciiMailbox = (text: string): string => {
  const [, local, domain] = /^(.*)@([^@]*)$/.exec(text.replaceAll(/[\p{Cf}\p{Cc}\s]/gu, '')) ?? [];
  if (local === undefined || domain === undefined) return text;
  // A domain alone: a URL would also take a port, a path or an address in brackets.
  if (!/^[\p{L}\p{M}\p{N}.-]+$/u.test(domain) || !URL.canParse(`http://${domain}`)) return `${local}@${domain}`;
  return `${local}@${new URL(`http://${domain}`).hostname}`;
};

export const mailbox = z
  .string()
  .overwrite(asciiMailbox)
  .max(254, 'must be at most 254 characters')
  .pipe(z.email('must be an email address'));

const withoutRegion = (value: unknown): unknown =>
  typeof value === 'string' ? value.trim().toLowerCase().split(/[-_]/, 1)[0] : value;

/** A language, with or without a region: `es-MX` is Spanish. */
export const language = z.preprocess(withoutRegion, z.enum(languages));
