import * as z from 'zod';
import { positionFlaws } from '../domain/position.ts';
import {
  alertStates,
  dispositions,
  escalationReasons,
  forcedOccasions,
  handOverEndings,
  locationCauses,
  matters,
  originKinds,
} from '../domain/vocabulary.ts';
import { instant, position } from './common.ts';

export const office = z.object({
  id: z.string().describe('Of the office, or `ministry`.'),
  name: z.string(),
  city: z.string().nullable(),
});

export const district = z
  .object({
    consulateId: z.string(),
    name: z.string(),
    source: z.string().describe('Who states that the county is this office’s.'),
    asOf: z.string().nullable().describe('A year, month or day. null: the source has no date.'),
  })
  .describe('The office responsible for the place, where another is nearer: both were told at once.');

export const originKind = z.enum(originKinds);

export const seenPosition = position.extend({
  flaw: z
    .enum(positionFlaws)
    .exactOptional()
    .describe('Why it is not trusted: it never decides where a home is known.'),
  mapUrl: z.url(),
});

const by = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('person') }),
    z.object({ kind: z.literal('officer'), office, name: z.string().exactOptional() }),
    z.object({ kind: z.literal('family'), name: z.string() }),
    z.object({ kind: z.literal('representative'), name: z.string() }),
    z.object({ kind: z.literal('system') }),
  ])
  .describe('Who did it.');

const state = z.enum(alertStates);
const note = z.string().exactOptional();

/** One thing that happened to a case, by the type of the message that told of it. */
const entry = <const Type extends string, Shape extends z.ZodRawShape>(type: Type, shape: Shape) =>
  z.object({ eventId: z.string(), at: instant, type: z.literal(type), by, ...shape });

/** What happened to a case, who did it and when. */
export const timelineEntry = z
  .discriminatedUnion('type', [
    entry('alert.raised.v1', {
      origin: originKind.exactOptional().describe('What began the case where nobody pressed.'),
      promisedAt: instant.exactOptional(),
    }),
    entry('alert.escalated.v1', {
      reason: z.enum(escalationReasons),
      consulate: office,
      tried: z.array(office).describe('Who was told before, in that order.'),
    }),
    entry('alert.pressed-again.v1', {
      pressId: z.string().describe('The alertId of that press.'),
      pressedAt: instant.exactOptional().describe('By the phone’s clock.'),
      note,
    }),
    entry('alert.silent.v1', {}),
    entry('alert.unattended.v1', { since: instant.describe('Of the last entry by an officer.') }),
    entry('alert.located.v1', {
      cause: z.enum(locationCauses),
      consulate: office,
      previous: office.exactOptional(),
      note,
    }),
    entry('alert.hand-over-asked.v1', {
      to: office,
      from: office.exactOptional().describe('In charge until a person at `to` acts.'),
      note,
    }),
    entry('alert.hand-over-unanswered.v1', { to: office, askedAt: instant }),
    entry('alert.hand-over-ended.v1', { to: office, why: z.enum(handOverEndings) }),
    entry('alert.position-moved.v1', {
      position: seenPosition.exactOptional().describe('Where the phone had moved to.'),
      distanceMeters: z.number().exactOptional(),
    }),
    entry('alert.acknowledged.v1', {
      name: z.string(),
      as: z
        .enum(['taken', 'seen', 'relieved'])
        .exactOptional()
        .describe('seen: in a list with others; relieved: a colleague has the case now.'),
    }),
    entry('alert.lapsed.v1', { seenAt: instant.describe('When it was seen; nobody did anything about it since.') }),
    entry('alert.state-changed.v1', { from: state, to: state, facility: z.string().exactOptional(), note }),
    entry('alert.noted.v1', { text: z.string() }),
    entry('alert.representative-assigned.v1', {
      name: z.string(),
      phone: z.string(),
      former: z.string().exactOptional().describe('Who had it before.'),
    }),
    entry('representative.waiting.v1', { until: instant, name: z.string().exactOptional() }),
    entry('representative.offered.v1', {
      name: z.string(),
      roster: office,
      matter: z.enum(matters),
      urgent: z.literal(true).exactOptional(),
    }),
    entry('representative.declined.v1', { name: z.string(), reason: z.string().exactOptional() }),
    entry('representative.lapsed.v1', { name: z.string() }),
    entry('representative.unanswered.v1', { since: instant, asked: z.int() }),
    entry('representative.contact-shared.v1', { contact: z.string() }),
    entry('representative.contacted.v1', { note }),
    entry('representative.done.v1', {}),
    entry('alert.family-unreachable.v1', {}),
    entry('alert.cancelled.v1', {}),
    entry('alert.cancelled-under-duress.v1', {}),
    entry('alert.closed.v1', {
      disposition: z.enum(dispositions),
      note,
      familyNote: z.string().exactOptional().describe('What the family was told in the officer’s words.'),
    }),
    entry('alert.reopened.v1', {}),
    entry('family.forced.v1', { occasion: z.enum(forcedOccasions).describe('Where the duress PIN was typed.') }),
    entry('family.seen.v1', { name: z.string() }),
    entry('family.on-it.v1', { name: z.string(), task: z.string().exactOptional() }),
  ])
  .describe('One thing that happened. The first, of the press, has the eventId `raised`.');

export type DistrictRef = z.infer<typeof district>;
export type OfficeRef = z.infer<typeof office>;
export type TimelineEntry = z.infer<typeof timelineEntry>;
/** The entry of one type. */
export type TimelineEntryOf<T extends TimelineEntry['type']> = Extract<TimelineEntry, { readonly type: T }>;
