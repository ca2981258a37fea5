import * as z from 'zod';
import { actorKinds, alertStates, languages, officeBases, originKinds } from '../domain/vocabulary.ts';

export const time = z.iso.datetime().describe('ISO 8601, UTC, ending in Z.');
export const phone = z.string().describe('E.164: +, country code, number, nothing between.');

export const origin = z
  .object({
    kind: z
      .enum(['button', ...originKinds])
      .describe(
        'button: somebody pressed. missed-check-in: nobody did; the person had promised to say OK, and it did not come. ' +
          'said-taken: nobody did; their trusted contact said that they were taken. ' +
          'duress-check-in: nobody did; forced to say OK, the person gave the secret signal: never call or write to ' +
          'their phone, which shows nothing of this. duress-drill: nobody did; the secret signal came on a drill, and ' +
          'the family was told nothing: never write to anybody, never call their phone. duress-change: the same, when ' +
          'settings, contacts or phones were changed: phones and contacts see the change as made.',
      ),
    promisedAt: time
      .nullable()
      .describe(
        'By when the OK was promised; of a drill, when it was pressed; of a change, when it was asked for. null: somebody pressed.',
      ),
    label: z.string().nullable().describe('What the person wrote of the promise. Show it as text only.'),
  })
  .meta({ id: 'origin', description: 'What began the case.' });

export const point = {
  latitude: z.number().min(-90).max(90).describe('Degrees north, WGS 84.'),
  longitude: z.number().min(-180).max(180).describe('Degrees east, WGS 84. Negative in the Americas.'),
};

export const position = z
  .object({
    ...point,
    accuracyMeters: z.number().nullable().describe('Radius in which the phone believed itself. null: it did not say.'),
    measuredAt: time
      .nullable()
      .describe('When the phone measured it; may be long before the press. null: it did not say.'),
  })
  .meta({ id: 'position', description: 'Where the phone was.' });

export const person = z
  .object({
    name: z.string().describe('As the person registered it, accents intact.'),
    language: z.enum(languages).describe('Language of the person and of the messages to the family.'),
    phone: phone
      .nullable()
      .describe('Their phone. After the press it may be in the hands of others. null: not registered.'),
  })
  .meta({ id: 'person', description: 'The person who may be detained.' });

export const consent = z
  .object({
    consularNotification: z
      .literal(true)
      .describe('The person requested and authorised consular notification: Vienna Convention, art. 36(1)(b).'),
    version: z.string().describe('Version of the text that the person agreed to.'),
    at: time.describe('When the person agreed to it.'),
  })
  .meta({ id: 'consent', description: 'The authorisation. Without one nothing is sent to an office.' });

export const contact = z
  .object({
    name: z.string(),
    phone: phone.nullable(),
    email: z.string().nullable(),
  })
  .meta({ id: 'contact' });

export const consulate = z
  .object({
    id: z.string().describe('Id of the office, as in its topic alert-button-consulate-<id>; or "ministry".'),
    name: z.string(),
    city: z.string().nullable().describe('null for the ministry desk.'),
    state: z.string().nullable().describe('Two-letter code of the state. null for the ministry desk.'),
    emergencyPhone: phone.describe("What the family was given: the office's own phone if verified, else the desk's."),
    distanceMeters: z.number().min(0).nullable().describe('Great circle from the point that decided. null: no point.'),
    basis: z
      .enum([...officeBases, 'ministry', 'hand-over'])
      .describe(
        'Why this office: nearest to the phone by Amazon Location or by our own distance, nearest to the registered ' +
          'home, responsible for the county where that is another (district), no office at all (the ministry desk owns ' +
          'the alert), or another office handed the case over. Where district is absent, nearest need not be competent.',
      ),
  })
  .meta({ id: 'consulate', description: 'The office in charge.' });

/** Where another office than the nearest is responsible for the place: both were told at once. */
export const twoOffices = {
  district: z
    .object({
      consulateId: z.string().describe('Id of the office responsible for the county.'),
      name: z.string(),
      source: z.string().describe('Who states it.'),
      asOf: z.string().nullable().describe('A year, month or day. null: the source has no date.'),
    })
    .exactOptional()
    .meta({
      id: 'district',
      description: 'The office responsible for the place. Absent: it is the nearest, or no office is stated.',
    }),
  nearest: consulate
    .exactOptional()
    .describe('The nearest office, where another is responsible. Either may take the case; who does, calls.'),
};

export const info = z
  .object({
    language: z.literal('es-MX').describe('Language of headline and event.'),
    category: z.tuple([z.literal('Safety')]),
    event: z.string(),
    urgency: z.literal('Immediate'),
    severity: z.literal('Severe'),
    certainty: z
      .literal('Possible')
      .describe('A button was pressed or an OK did not come; nobody has confirmed a detention.'),
    effective: time.describe('When we received the press.'),
    onset: time.describe('When the button was pressed, as far as the phone says, or by when the OK was promised.'),
    senderName: z.string(),
    headline: z.string().describe('One line for a list of alerts. Drills begin with SIMULACRO.'),
    web: z
      .url()
      .optional()
      .describe(
        "The office's own page of the case, for 30 days; each message has its own. Whoever holds it can act: do not pass " +
          'it on. With "Accept: application/json" it is a document, and POST {"officer": "…"} to it with /acknowledge ' +
          'appended takes the case.',
      ),
  })
  .meta({ id: 'info', description: 'CAP 1.2 "info".' });

/** The CAP 1.2 words at the head of every document. */
export const envelope = {
  specVersion: z
    .string()
    .regex(/^1\.\d+$/)
    .describe('Version of this document. The minor number grows when members are added.'),
  identifier: z
    .string()
    .regex(/^[^\s,<&]+$/)
    .describe('CAP. The same for each delivery of this event: messages can arrive twice, deduplicate by it.'),
  sender: z.literal('alert-button').describe('CAP.'),
  sent: time.describe('CAP. When this delivery was made.'),
  status: z.enum(['Actual', 'Exercise']).describe('CAP. Exercise is a drill: page nobody.'),
  scope: z.literal('Private').describe('CAP. For the addressees only.'),
  addresses: z.tuple([z.string()]).describe('CAP. Whom this delivery is for: the id of an office, or "ministry".'),
};

export const caseIds = {
  caseId: z.string().describe('The same in every message of one case, and unlike any other case: familyId.alertId.'),
  folio: z.string().describe('Four characters that families say on the phone. Not unique: find a case by caseId.'),
  alertId: z.string().describe('UUID of the press, unique within the family.'),
  familyId: z.string(),
};

/** Of every document but the press's. */
const by = z
  .object({
    kind: z.enum(actorKinds),
    consulateId: z.string().nullable().describe('Of an officer: the id of their office, or "ministry".'),
    name: z.string().nullable().describe('As they gave it.'),
  })
  .meta({ id: 'by', description: 'Who did it.' });

/** Absent in a press. */
const handOver = z
  .object({
    toConsulateId: z.string(),
    fromConsulateId: z.string().nullable().describe('Who is in charge meanwhile; "ministry" is one. null: nobody yet.'),
    at: time,
  })
  .nullable()
  .describe('The case was given to an office where nobody has acted yet; until then the giver is in charge.');

export const state = z.enum(alertStates);

/** The state of the case, in every document. Documents may arrive in any order: the one with the latest `at` is right. */
export const standing = {
  at: time.describe('When it happened. Messages can overtake each other: order them by this.'),
  state: state.describe('State of the case after it; if it changes none, the state when this was written.'),
  underDuress: z
    .boolean()
    .describe('The person was forced to cancel. Call the family by voice; never write to them or to the person.'),
};

export const described = <T extends string>(type: T, description: string) => ({ id: type, title: type, description });

export const typed = <const T extends string>(type: T) => ({
  type: z.literal(type).describe('Also an attribute of the SNS message, for filter policies.'),
});

export const update = {
  msgType: z.literal('Update').describe('CAP. The case goes on.'),
  references: z.array(z.string()).min(1).describe('CAP. Identifiers of the messages that this one updates.'),
};

export const officerNote = z.string().nullable().describe('What the officer wrote. Show it as text only.');

export const happening = { ...standing, by, handOver };
