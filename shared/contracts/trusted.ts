import * as z from 'zod';
import { type trustedActions, alertStates } from '../domain/vocabulary.ts';
import { instant } from './common.ts';
import { freeText } from './typed.ts';

const noteLength = 200;

const confirmed = z.preprocess((value) => (value === 'true' ? true : value), z.literal(true));

/** `POST /t/{token}/{action}`. */
export const trustedActionRequests = {
  taken: z.object({ note: freeText(noteLength).exactOptional(), confirm: confirmed }).meta({ id: 'SayTakenRequest' }),
  leave: z.object({ confirm: confirmed }).meta({ id: 'LeaveTrustRequest' }),
} as const satisfies Record<(typeof trustedActions)[number], z.ZodObject>;

export const trustedActionInput = z.discriminatedUnion('action', [
  trustedActionRequests.taken.extend({ action: z.literal('taken') }),
  trustedActionRequests.leave.extend({ action: z.literal('leave') }),
]);

/** What the trusted contact reads. */
export const trustedPageResponse = z
  .object({
    person: z.object({ name: z.string() }),
    case: z
      .object({
        forced: z.boolean().describe('The person is forced; what phones and other contacts read is not true.'),
        state: z.enum(alertStates),
        folio: z.string().nullable(),
        closedAt: instant.nullable(),
        call: z.object({ name: z.string(), phone: z.string() }).nullable(),
      })
      .nullable()
      .describe('null: nothing has happened.'),
  })
  .meta({ id: 'TrustedPage' });
export type TrustedPage = z.infer<typeof trustedPageResponse>;
