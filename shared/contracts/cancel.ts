import * as z from 'zod';
import { instant, uuid } from './common.ts';
import { pin } from './person.ts';

/** `POST /v1/alerts/{alertId}/cancel`. */
export const cancelAlertRequest = z
  .object({ pin: pin.describe('The PIN, or the duress PIN: the answer is the same.') })
  .meta({ id: 'CancelAlertRequest' });

/** The same for both PINs, and for each repeat. */
export const cancelAlertResponse = z
  .object({ alertId: uuid, state: z.literal('closed'), raisedAt: instant })
  .meta({ id: 'CancelAlertResponse' });

export type CancelAlertResponse = z.infer<typeof cancelAlertResponse>;
