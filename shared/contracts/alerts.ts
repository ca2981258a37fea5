import * as z from 'zod';
import { alertStates, bases, deliveryStatuses, destinationKinds } from '../domain/vocabulary.ts';
import { instant, position, uuid } from './common.ts';

const state = z.enum(alertStates);
const basis = z.enum(bases);

/** `POST /v1/alerts`: the press. Only `alertId` can make it fail: other fields that do not parse are dropped and noted. */
export const raiseAlertRequest = z
  .object({
    alertId: uuid.describe('Made by the client, once per press: the same id again is the same alert.'),
    position: position.exactOptional(),
    pressedAt: instant.exactOptional().describe('When the button was pressed, if that was before it could be sent.'),
    drill: z
      .boolean()
      .default(false)
      .describe('A rehearsal: marked everywhere, told to the contacts alone. 3 a day and 6 a month (UTC).'),
    battery: z.number().min(0).max(100).exactOptional().describe('Charge of the phone, percent.'),
    note: z.string().exactOptional().describe('Cut at 500 characters.'),
  })
  .meta({ id: 'RaiseAlertRequest' });

/** The answer to a press: `202` the first time, `200` when repeated. */
export const raiseAlertResponse = z
  .object({ alertId: uuid, state, raisedAt: instant.describe('When we received the first press.') })
  .meta({ id: 'RaiseAlertResponse' });

export type RaiseAlertResponse = z.infer<typeof raiseAlertResponse>;

/** What became of each destination: the first message that went out counts, else the last. */
export const destinations = z.array(
  z.object({
    kind: z.enum(destinationKinds),
    id: z.string().exactOptional().describe('Id of the office, once it is chosen.'),
    status: z
      .enum(deliveryStatuses)
      .describe('`sent`: SNS accepted the message and somebody is subscribed. It does not mean that somebody read it.'),
    at: instant.exactOptional(),
  }),
);

/** `GET /v1/alerts`. */
export const alertsResponse = z
  .object({
    alerts: z
      .array(z.object({ alertId: uuid, state, raisedAt: instant, drill: z.boolean() }))
      .describe('The newest 20, newest first; what was cancelled is closed, until it is forgotten.'),
  })
  .meta({ id: 'AlertsResponse' });

const office = z.object({
  id: z.string(),
  name: z.string(),
  city: z.string().nullable(),
  emergencyPhone: z.string().describe('E.164. The office’s own if it is verified, else the ministry desk’s.'),
  distanceMeters: z.number().nullable(),
  basis,
});

/** `GET /v1/alerts/{alertId}`. */
export const alertStatusResponse = z
  .object({
    alertId: uuid,
    state,
    raisedAt: instant,
    drill: z.boolean(),
    destinations,
    consulate: office
      .nullable()
      .describe(
        'The office in charge; null until it is chosen, and always without authorisation. Of a drill, the office that would have been told.',
      ),
    nearest: office
      .exactOptional()
      .describe(
        'The nearest office, where another is in charge: one that is responsible for the place, or has it since.',
      ),
    basis: basis.nullable().describe('Why this office; null until it is chosen.'),
    acknowledgedAt: instant.exactOptional().describe('When an officer took the case.'),
  })
  .meta({ id: 'AlertStatusResponse' });

export type AlertStatusResponse = z.infer<typeof alertStatusResponse>;
