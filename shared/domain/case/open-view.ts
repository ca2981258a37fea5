import type { Deliveries } from './deliveries.ts';
import { officeOf } from './deliveries.ts';
import type { CaseEvent } from './case-event.ts';
import { isSignalEvent } from './case-event.ts';
import type { AlertWithEvents } from './read-alert.ts';

const consulatesIn = (deliveries: Deliveries): readonly string[] =>
  Object.keys(deliveries).flatMap((key) => officeOf(key) ?? []);

/** The office that an event puts in charge, and the nearest if that is told beside it. */
export const officesAssignedBy = (event: CaseEvent): readonly string[] => {
  if (!('consulate' in event)) return [];
  const nearest = event.type === 'alert.located.v1' ? event.twoOffices?.nearest : undefined;
  return [event.consulate.id, ...(nearest ? [nearest.id] : [])];
};

/** The offices that are told of the press itself. */
const toldOfPress = ({ deliveries, raisedTo }: AlertWithEvents['alert']): readonly (string | undefined)[] => [
  deliveries.consulate?.id,
  raisedTo?.id,
  ...consulatesIn(deliveries),
];

/** The office of a hand-over that a person there took. Before that nobody but officers knows of it. */
const receiverOf = (event: CaseEvent): readonly string[] =>
  event.type === 'alert.located.v1' && event.cause === 'hand-over' ? [event.consulate.id] : [];

/** The office that officers asked to take a case: it was told by them, whichever PIN is typed later. */
const askedBy = (event: CaseEvent): readonly string[] =>
  event.type === 'alert.hand-over-asked.v1' ? [event.receiver.id] : [];

/**
 * Ids of the offices that know of a case only because the person, with PINs locked, signalled that they are forced.
 * Neither phone nor family may see that such an office was told, nor that it is left out for it (G7).
 */
export const quietlyTold = ({ alert, events }: AlertWithEvents): ReadonlySet<string> => {
  const toldByOfficers = events.flatMap((event) => [...officesAssignedBy(event), ...askedBy(event)]);
  const openly = new Set([...toldOfPress(alert), alert.consulate?.id, ...toldByOfficers]);
  const signalled = events.filter(isSignalEvent).flatMap(({ deliveries }) => consulatesIn(deliveries));
  return new Set(signalled.filter((id) => !openly.has(id)));
};

/**
 * What the phone and the family may know of the timeline of a case that nobody has cancelled openly. The signal of a
 * person who is forced is told to officers alone: neither that event shows, nor what an office was told before it had
 * the case openly.
 */
export const openView = ({ alert, events }: AlertWithEvents): AlertWithEvents => {
  const openly = new Set(toldOfPress(alert));
  const quietly = new Set(events.filter(isSignalEvent).flatMap(({ deliveries }) => consulatesIn(deliveries)));
  const received = new Set(events.flatMap(receiverOf));
  const seen = events
    .filter((event) => !isSignalEvent(event))
    .map((event) => {
      for (const id of officesAssignedBy(event)) openly.add(id);
      const isAsking = event.type === 'alert.hand-over-asked.v1';
      const deliveries = Object.fromEntries(
        Object.entries(event.deliveries).filter(([key]) => {
          const id = officeOf(key);
          return id === undefined || openly.has(id) || (isAsking && received.has(id));
        }),
      );
      if (event.type !== 'alert.escalated.v1') return { ...event, deliveries };
      const triedConsulates = event.triedConsulates.filter((id) => openly.has(id) || !quietly.has(id));
      return { ...event, deliveries, triedConsulates };
    });
  return { alert, events: seen };
};
