import * as z from 'zod';

const time = z.iso.datetime().describe('ISO 8601, UTC, ending in Z.');
const phone = z.string().describe('E.164: +, country code, number, nothing between.');

const point = {
  latitude: z.number().min(-90).max(90).describe('Degrees north, WGS 84.'),
  longitude: z.number().min(-180).max(180).describe('Degrees east, WGS 84. Negative in the Americas.'),
};

const position = z
  .object({
    ...point,
    accuracyMeters: z.number().nullable().describe('Radius in which the phone believed itself. null: it did not say.'),
    measuredAt: time
      .nullable()
      .describe('When the phone measured it; may be long before the press. null: it did not say.'),
  })
  .describe('Where the phone was.');

const person = z
  .object({
    name: z.string().describe('As the person registered it, accents intact.'),
    language: z.enum(['es', 'en']).describe('Language of the person and of the messages to the family.'),
    phone: phone
      .nullable()
      .describe('Their phone. After the press it may be in the hands of others. null: not registered.'),
  })
  .describe('The person who may be detained.');

const consent = z
  .object({
    consularNotification: z
      .literal(true)
      .describe('The person requested and authorised consular notification: Vienna Convention, art. 36(1)(b).'),
    version: z.string().describe('Version of the text that the person agreed to.'),
    at: time.describe('When the person agreed to it.'),
  })
  .describe('The authorisation. Without one nothing is sent to an office.');

const contact = z.object({
  name: z.string(),
  phone: phone.nullable(),
  email: z.string().nullable(),
});

const consulate = z
  .object({
    id: z.string().describe('Id of the office, as in its topic alert-button-consulate-<id>; or "ministry".'),
    name: z.string(),
    city: z.string().nullable().describe('null for the ministry desk.'),
    state: z.string().nullable().describe('Two-letter code of the state. null for the ministry desk.'),
    emergencyPhone: phone.describe("What the family was given: the office's own phone if verified, else the desk's."),
    distanceMeters: z.number().min(0).nullable().describe('Great circle from the point that decided. null: no point.'),
    basis: z
      .enum(['location', 'great-circle', 'home', 'ministry'])
      .describe(
        'Why this office: nearest to the phone by Amazon Location or by our own distance, nearest to the registered ' +
          'home, or no point at all (the ministry desk owns the alert). Nearest need not be competent: districts differ.',
      ),
  })
  .describe('The office in charge.');

const info = z
  .object({
    language: z.literal('es-MX').describe('Language of headline and event.'),
    category: z.tuple([z.literal('Safety')]),
    event: z.string(),
    urgency: z.literal('Immediate'),
    severity: z.literal('Severe'),
    certainty: z.literal('Possible').describe('A button was pressed; nobody has confirmed a detention.'),
    effective: time.describe('When we received the press.'),
    onset: time.describe('When the button was pressed, as far as the phone says.'),
    senderName: z.string(),
    headline: z.string().describe('One line for a list of alerts. Drills begin with SIMULACRO.'),
    web: z.url().optional().describe("The office's own page of the case. Personal: do not pass it on."),
  })
  .describe('CAP 1.2 "info".');

/** The press, as offices' and the ministry's systems get it. Members may be added; none changes its meaning in v1. */
export const alertRaisedSchema = z
  .object({
    specVersion: z.literal('1.0').describe('Version of this document. The minor number grows when members are added.'),
    type: z.literal('alert.raised.v1').describe('Also an attribute of the SNS message, for filter policies.'),
    identifier: z
      .string()
      .regex(/^[^\s,<&]+$/)
      .describe('CAP. The same for each delivery of this event: messages can arrive twice, deduplicate by it.'),
    sender: z.literal('alert-button').describe('CAP.'),
    sent: time.describe('CAP. When this delivery was made.'),
    status: z.enum(['Actual', 'Exercise']).describe('CAP. Exercise is a drill: page nobody.'),
    msgType: z.literal('Alert').describe('CAP. Types that follow a press have Update or Cancel.'),
    scope: z.literal('Private').describe('CAP. For the addressees only.'),
    addresses: z.tuple([z.string()]).describe('CAP. Whom this delivery is for: the id of an office, or "ministry".'),
    info,
    alertId: z.string().describe('UUID of the press, unique within the family.'),
    familyId: z.string(),
    pressedAt: time.nullable().describe("By the phone's clock. null: it did not say."),
    raisedAt: time.describe('When we received it; later than pressedAt if the phone had no network.'),
    person,
    consent,
    contacts: z.array(contact).describe('The relatives who got the alert. Call them: they get no reply from us.'),
    position: position.nullable().describe('null: the phone sent none.'),
    homePosition: z
      .object(point)
      .nullable()
      .describe('The registered home, only if there is no position. It is not where the person is.'),
    consulate,
    batteryPercent: z.number().min(0).max(100).nullable().describe('Charge of the phone when pressed.'),
    note: z.string().nullable().describe('What the person wrote. Show it as text only.'),
  })
  .meta({ id: 'alert.raised.v1', title: 'alert.raised.v1', description: 'Somebody pressed the Alert Button.' });

/** An alert that has passed on to the next office or the ministry. Everything of the press stands in it again. */
export const alertEscalatedSchema = alertRaisedSchema
  .extend({
    type: z.literal('alert.escalated.v1').describe('Also an attribute of the SNS message, for filter policies.'),
    msgType: z.literal('Update').describe('CAP.'),
    references: z.array(z.string()).min(1).describe('CAP. Identifiers of the messages that this one updates.'),
    escalatedAt: time.describe('When it passed on.'),
    reason: z.enum(['office-unreachable']).describe('office-unreachable: nobody is subscribed at the office before.'),
    triedConsulateIds: z.array(z.string()).describe('Ids of the offices that were tried before, in that order.'),
  })
  .meta({
    id: 'alert.escalated.v1',
    title: 'alert.escalated.v1',
    description: 'An alert has passed on, as it was not received where it went before.',
  });

/** Every document that offices' and the ministry's systems get, by `type`. */
export const announcementSchema = z.discriminatedUnion('type', [alertRaisedSchema, alertEscalatedSchema]);

export type AlertRaisedDocument = z.infer<typeof alertRaisedSchema>;
export type AlertEscalatedDocument = z.infer<typeof alertEscalatedSchema>;

/**
 * The same as JSON Schema 2020-12, kept in announcement.schema.json for those who do not program in TypeScript.
 * It allows members that it does not know, as consumers must.
 */
export const announcementJsonSchema = (): object => z.toJSONSchema(announcementSchema, { io: 'input' });
