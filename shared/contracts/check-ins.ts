import * as z from 'zod';
import { tidyText } from '../domain/typed-text.ts';
import { checkInAnswers, checkInStates } from '../domain/vocabulary.ts';
import { instant, sentInstant, uuid } from './common.ts';
import { pin } from './person.ts';

const maximumLabelLength = 100;

const label = z
  .string()
  .refine((text) => Array.from(text).length <= maximumLabelLength, {
    message: `must be at most ${maximumLabelLength} characters`,
    params: { code: 'too-long' },
  })
  .overwrite((text) => tidyText(text).replaceAll('\n', ' '))
  .meta({ maxLength: maximumLabelLength })
  .describe('What it is about: “appointment at 1 pm”. Told to family and officers if the OK does not come.');

const dueAt = sentInstant.describe('The time by which the OK will be said.');

/** `POST /v1/check-ins`. */
export const makeCheckInRequest = z
  .object({
    checkInId: uuid
      .overwrite((id) => id.toLowerCase())
      .exactOptional()
      .describe('Made by the client, so that it can repeat a request after a lost answer.'),
    dueAt,
    label: label.exactOptional(),
  })
  .meta({ id: 'MakeCheckInRequest' });

/** The same for each repeat with the same `checkInId`. */
export const makeCheckInResponse = z.object({ checkInId: uuid, dueAt: instant }).meta({ id: 'MakeCheckInResponse' });

export type MakeCheckInResponse = z.infer<typeof makeCheckInResponse>;

const state = z
  .enum(checkInStates)
  .describe('`ended`: the promise was taken back. `missed`: nobody said OK, and the alert was raised.');

/** `GET /v1/check-ins`. */
export const checkInsResponse = z
  .object({
    checkIns: z.array(
      z.object({
        checkInId: uuid,
        dueAt: instant,
        label: z
          .string()
          .exactOptional()
          .describe('Left out from the first real alert of this device on: it counts as seized.'),
        state,
        alertId: uuid
          .exactOptional()
          .describe('The alert of a missed check-in: `POST /v1/alerts/{alertId}/cancel` ends it.'),
      }),
    ),
  })
  .meta({ id: 'CheckInsResponse' });

export type CheckInsResponse = z.infer<typeof checkInsResponse>;

const answeringPin = pin.describe('The PIN, or the duress PIN: the answer is the same.');

/** `POST /v1/check-ins/{checkInId}/end`. */
export const endCheckInRequest = z.object({ pin: answeringPin }).meta({ id: 'EndCheckInRequest' });

/** `POST /v1/check-ins/{checkInId}/ok`, as it is published. */
export const sayOkRequest = z
  .object({
    pin: answeringPin,
    saidAt: instant
      .exactOptional()
      .describe(
        'When the OK was said, if the phone had no network then. If that was by `dueAt` and it arrives within 15 minutes after it, the check-in is not missed: an alert that was raised meanwhile is cancelled as with this PIN.',
      ),
  })
  .meta({ id: 'SayOkRequest' });

/** The same as it is taken: a time that cannot be read is as good as none. */
export const sentOk = z.object({ pin, saidAt: z.unknown().optional() });

/** The same for both PINs. */
export const answerCheckInResponse = z
  .object({ checkInId: uuid, dueAt: instant, state: z.enum(checkInAnswers) })
  .meta({ id: 'AnswerCheckInResponse' });
