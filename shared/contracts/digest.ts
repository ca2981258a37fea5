import * as z from 'zod';
import { alertStates } from '../domain/vocabulary.ts';
import { caseIds, envelope, time } from './announcement-parts.ts';

const happened = z.object({
  identifier: z.string().describe('Of the message that machines got of it.'),
  eventId: z.string().nullable().describe('null: the press.'),
  type: z.string().describe('Type of that message.'),
  at: time,
  what: z.string().describe('In one line, in Spanish.'),
});

/**
 * What a digest says, as a document: for a mailbox that reads JSON, and for whoever is subscribed without a filter. Machines
 * need none: they get each message at once.
 */
export const digestSchema = z
  .object({
    ...envelope,
    type: z.literal('cases.digest.v1').describe('Also an attribute of the SNS message.'),
    msgType: z.literal('Update').describe('CAP.'),
    info: z.object({
      language: z.literal('es-MX'),
      headline: z.string(),
      web: z.url().optional().describe('The list of the office, for 30 days. Whoever holds it can act.'),
    }),
    cases: z
      .array(
        z.object({
          ...caseIds,
          person: z.object({ name: z.string() }),
          state: z.enum(alertStates).describe('When this was written.'),
          underDuress: z.boolean(),
          web: z.url().describe('The page of the case, for 30 days.'),
          happened: z.array(happened).min(1).describe('The oldest first.'),
        }),
      )
      .min(1)
      .describe('Those whom somebody forces first.'),
  })
  .meta({
    id: 'cases.digest.v1',
    title: 'cases.digest.v1',
    description: 'What was too much for mails of its own, in one. Ignore it if you get each message.',
  });
export type DigestDocument = z.infer<typeof digestSchema>;

/** The same as JSON Schema 2020-12, kept in digest.schema.json for other languages. */
export const digestJsonSchema = (): object => z.toJSONSchema(digestSchema, { io: 'input' });
