import type { TimelineEntry } from '../contracts/cases.ts';
import type { CaseEvent } from '../domain/case/case-event.ts';
import type { Case } from '../domain/case/change-case.ts';
import type { Offices } from './case-facts.ts';
import { officeRef, seenPosition } from './case-facts.ts';

const whoOf = (offices: Offices, by: CaseEvent['by']): TimelineEntry['by'] => {
  switch (by.kind) {
    case 'officer':
      return {
        kind: by.kind,
        office: officeRef(offices, by.officeId),
        ...(by.name !== undefined && { name: by.name }),
      };
    case 'family':
      return { kind: by.kind, name: by.name };
    case 'person':
    case 'system':
      return { kind: by.kind };
  }
};

const detailOf = (offices: Offices, event: CaseEvent): Partial<TimelineEntry> => {
  switch (event.type) {
    case 'alert.escalated.v1':
      return {
        reason: event.reason,
        consulate: officeRef(offices, event.consulate.id),
        tried: event.triedConsulates.map((id) => officeRef(offices, id)),
      };
    case 'alert.located.v1':
      return {
        cause: event.cause,
        consulate: officeRef(offices, event.consulate.id),
        ...(event.previous !== undefined && { previous: officeRef(offices, event.previous) }),
        ...(event.note !== undefined && { note: event.note }),
      };
    case 'alert.position-moved.v1': {
      const { distanceMeters } = event;
      const position = seenPosition(event.position);
      return { ...(position && { position }), ...(distanceMeters !== undefined && { distanceMeters }) };
    }
    case 'alert.acknowledged.v1':
      return { name: event.officer };
    case 'alert.state-changed.v1':
      return {
        from: event.from,
        to: event.to,
        ...(event.facility !== undefined && { facility: event.facility }),
        ...(event.note !== undefined && { note: event.note }),
      };
    case 'alert.noted.v1':
      return { text: event.text };
    case 'alert.representative-assigned.v1':
      return { name: event.name, phone: event.phone };
    case 'alert.closed.v1':
      return { disposition: event.disposition, ...(event.note !== undefined && { note: event.note }) };
    case 'family.seen.v1':
      return { name: event.name };
    case 'family.on-it.v1':
      return { name: event.name, ...(event.task !== undefined && { task: event.task }) };
    case 'alert.family-unreachable.v1':
    case 'alert.cancelled.v1':
    case 'alert.cancelled-under-duress.v1':
    case 'alert.reopened.v1':
      return {};
  }
};

/** A cancellation is two items, one to tell the family and one to tell the offices: one thing that happened. */
const isRepeated = (event: CaseEvent, index: number, events: readonly CaseEvent[]): boolean =>
  event.type === 'alert.cancelled.v1' &&
  events.findIndex(({ type, at }) => type === event.type && at === event.at) < index;

/** Under duress the message that it is cancelled is ours: the one untruth that we tell (G7). */
const actorOf = ({ duress }: Case['alert'], { type, by }: CaseEvent): CaseEvent['by'] =>
  duress === true && type === 'alert.cancelled.v1' ? { kind: 'system' } : by;

/** The press, or what stands in its place. Where a promised OK did not come nobody did anything. */
const beginningOf = ({ raisedAt, origin }: Case['alert']): TimelineEntry => ({
  eventId: 'raised',
  at: raisedAt,
  type: 'alert.raised.v1',
  by: { kind: origin?.kind === 'missed-check-in' ? 'system' : 'person' },
  ...(origin && { origin: origin.kind, promisedAt: origin.promisedAt }),
});

/** Who did what and when, oldest first; begins with the press. */
export const timelineOf = ({ alert, events }: Case, offices: Offices): TimelineEntry[] => [
  beginningOf(alert),
  ...events
    .filter((event, index) => !isRepeated(event, index, events))
    .map((event) => ({
      eventId: event.eventId,
      at: event.at,
      type: event.type,
      by: whoOf(offices, actorOf(alert, event)),
      ...detailOf(offices, event),
    })),
];
