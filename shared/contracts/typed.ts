import * as z from 'zod';
import { type NameKind, maximumNameLength, nameProblem, tidyName, tidyText } from '../domain/typed-text.ts';
import { languages } from '../domain/vocabulary.ts';

/**
 * Letters of the scripts that people of Mexico and their neighbours write with, as ranges: regular expressions of other
 * languages know no `\\p{L}`, or mean something else by it. The server takes the letters of every script.
 */
const letterRanges = 'A-Za-zÀ-ÖØ-öø-ʯΑ-ΡΣ-ώЀ-ҁҊ-ԯא-תؠ-ؿف-يअ-हก-ะა-ჺᄀ-ᅙḀ-ỿⱠ-Ɀぁ-ゖァ-ヺ一-鿿Ꜣ-Ꞇ가-힣';

const nameOf = (kind: NameKind) =>
  z
    .string()
    .overwrite((text) => tidyName(text, kind))
    .superRefine((name, context) => {
      const problem = nameProblem(name);
      if (problem) context.addIssue({ code: 'custom', message: problem.detail, params: { code: problem.code } });
    })
    .meta({
      minLength: 1,
      maxLength: maximumNameLength,
      allOf: [{ pattern: `[${letterRanges}]` }, { pattern: '^[^0-9]*([0-9][^0-9]*){0,4}$' }],
      description:
        'Letters of any script, 80 characters, 4 digits at the most. What has no place in a name (emoji, invisible ' +
        'characters, other signs) is dropped, and a space follows each dot.',
    });

/** The name of the person. */
export const personName = nameOf('person').meta({ id: 'PersonName' });

/** How officers, lawyers and relatives are called or sign, which holds more signs: `Lic. Ana Pérez, guardia`. */
export const signature = nameOf('signature').meta({ id: 'Signature' });

const lengthOf = (text: string): number => Array.from(text).length;

/** Text of one or more lines, tidied and without links. `maximum` counts the characters that are sent. */
export const freeText = (maximum: number) =>
  z
    .string()
    .refine((text) => lengthOf(text) <= maximum, {
      message: `must be at most ${maximum} characters`,
      params: { code: 'too-long' },
    })
    .overwrite(tidyText)
    .min(1, 'must not be empty')
    .meta({ maxLength: maximum, pattern: `[!-~${letterRanges}]` });

/**
 * As mail goes to it: without the name, `mailto:`, quotes and invisible marks that were copied along, without the dot or
 * comma that ended a sentence, and an IDN domain in ASCII (RFC 5890). A space goes only beside the `@`: elsewhere it
 * may part the address from a name, and the two in one would be somebody else's mailbox.
 */
const asciiMailbox = (text: string): string => {
  // No address, whatever stands around it: what follows would take long.
  if (text.length > 1000) return text;
  const address = /<([^<>]*)>[\s.,;]*$/.exec(text)?.[1] ?? text;
  const plain = address
    .replaceAll(/\p{Cf}|(?!\s)\p{Cc}/gu, '')
    .trim()
    .replace(/^mailto:([^?]*)(?:\?.*)?$/is, '$1')
    .replace(/^(["'])(.*)\1$/s, '$2')
    .replace(/[\s.,;]+$/, '')
    .replace('＠', '@')
    .replace(/\s*@\s*/, '@')
    .trim();
  const [, local, domain] = /^(.*)@([^@]*)$/s.exec(plain) ?? [];
  if (local === undefined || domain === undefined) return text;
  // A domain alone: a URL would also take a port, a path or an address in brackets.
  if (!/^[\p{L}\p{M}\p{N}.。．｡-]+$/u.test(domain) || !URL.canParse(`http://${domain}`)) return `${local}@${domain}`;
  return `${local}@${new URL(`http://${domain}`).hostname}`;
};

/** The rule without looking ahead: not every engine can. A domain of another script is taken, too. */
const mailboxPattern =
  "^[A-Za-z0-9_'+-]+([.][A-Za-z0-9_'+-]+)*@([A-Za-z0-9][A-Za-z0-9-]*[.])+([A-Za-z]{2,}|xn--[A-Za-z0-9-]+)$";

/** Zod's own, and with a last label that is an IDN. */
const asciiAddress =
  /^(?:[A-Za-z0-9_'+-]+\.)*[A-Za-z0-9_'+-]*[A-Za-z0-9_+-]@(?:[A-Za-z0-9][A-Za-z0-9-]*\.)+(?:[A-Za-z]{2,}|xn--[A-Za-z0-9-]+)$/;

export const mailbox = z
  .string()
  .overwrite(asciiMailbox)
  .max(254, 'must be at most 254 characters')
  .pipe(z.email({ pattern: asciiAddress, error: 'must be an email address' }))
  .meta({ format: 'email', pattern: mailboxPattern });

/** `es-MX` and `ES_mx.UTF-8` are `es`. */
export const withoutRegion = (value: unknown): unknown =>
  typeof value === 'string'
    ? value
        .replaceAll(/\p{Cf}/gu, '')
        .trim()
        .toLowerCase()
        .split(/[-_.@]/, 1)[0]
    : value;

/** A language, with or without a region: `es-MX` is Spanish. */
export const language = z.preprocess(withoutRegion, z.enum(languages));
