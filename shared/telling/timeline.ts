import type { TimelineEntry } from '../contracts/timeline.ts';
import type { CaseEvent } from '../domain/case/case-event.ts';
import type { Case } from '../domain/case/case.ts';
import { isOfFamilyAlone } from '../domain/case/shown-case.ts';
import { specOf } from './event-specs.ts';
import type { Offices } from '../domain/offices/office-in-charge.ts';
import { officeRef } from './office-ref.ts';

/** Under duress the message that it is cancelled is ours: the one untruth that we tell (G7). */
const isOurs = ({ duress }: Case['alert'], { type }: CaseEvent): boolean =>
  duress === true && type === 'alert.cancelled.v1';

const byOf = (alert: Case['alert'], event: CaseEvent, offices: Offices): TimelineEntry['by'] => {
  const { by } = event;
  if (isOurs(alert, event)) return { kind: 'system' };
  if (by.kind === 'representative') return { kind: by.kind, name: by.name };
  if (by.kind !== 'officer') return by;
  const name = by.name ?? (event.type === 'alert.acknowledged.v1' ? event.officer : undefined);
  return { kind: by.kind, office: officeRef(offices, by.officeId), ...(name !== undefined && { name }) };
};

/** One event as it stands on the timeline. */
const entryOf = (alert: Case['alert'], event: CaseEvent, offices: Offices): TimelineEntry => {
  const head = { eventId: event.eventId, at: event.at, by: byOf(alert, event, offices) };
  return specOf(event.type).entry(head, event, offices);
};

/** A cancellation is two items, one to tell the family and one to tell the offices: one thing that happened. */
const isRepeated = (event: CaseEvent, index: number, events: readonly CaseEvent[]): boolean =>
  event.type === 'alert.cancelled.v1' &&
  events.findIndex(({ type, at }) => type === event.type && at === event.at) < index;

const begunBy = (origin: Case['alert']['origin']): TimelineEntry['by'] => {
  if (origin?.kind === 'said-taken') return { kind: 'family', name: origin.by ?? '' };
  return { kind: origin?.kind === 'missed-check-in' ? 'system' : 'person' };
};

/** The press, or what stands in its place. Where a promised OK did not come nobody did anything. */
const beginningOf = ({ raisedAt, origin }: Case['alert']): TimelineEntry => ({
  eventId: 'raised',
  at: raisedAt,
  type: 'alert.raised.v1',
  by: begunBy(origin),
  ...(origin && { origin: origin.kind, promisedAt: origin.promisedAt }),
});

/** Who did what and when, oldest first; begins with the press. */
export const timelineOf = ({ alert, events }: Case, offices: Offices): TimelineEntry[] => [
  beginningOf(alert),
  ...events
    .filter((event, index) => !isRepeated(event, index, events) && !isOfFamilyAlone(event))
    .map((event) => entryOf(alert, event, offices)),
];
