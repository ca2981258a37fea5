import * as z from 'zod';
import { instant } from './common.ts';

const challenge = z.string().regex(/^[A-Za-z0-9.]{1,80}$/, 'must be a challenge as it was given');

/** `GET /v1/registration-challenge`. */
export const challengeResponse = z
  .object({
    work: z
      .object({
        challenge: challenge.describe('Good for one registration.'),
        puzzles: z.int().positive().describe('How many numbers to find.'),
        zeroBits: z.int().positive().describe('With how many zero bits each SHA-256 must begin.'),
        expiresAt: instant.describe('Until then the work can be handed in: 10 minutes.'),
      })
      .nullable()
      .describe('null: registration asks for none, because the operator gives out codes or did not set it.'),
  })
  .meta({ id: 'RegistrationChallengeResponse' });

export type ChallengeResponse = z.infer<typeof challengeResponse>;

/** Of `POST /v1/families`. */
export const doneWork = z
  .object({
    challenge,
    answers: z
      .array(z.int('must be a whole number').nonnegative())
      .max(100)
      .describe(
        'Of each puzzle, numbered from 0, a number so that the SHA-256 of the ASCII text `<challenge>.<puzzle>.<number>`, numbers in decimal, begins with `zeroBits` zero bits.',
      ),
  })
  .describe('The work that `GET /v1/registration-challenge` asks for, if it asks for any.');
