import type { CaseEvent } from '../domain/case/case-event.ts';
import type { CaseMessageFacts } from './case-facts.ts';
import { moveText } from './case-facts.ts';
import { fill, writeTime } from '../words/local-time.ts';
import { officersCase } from '../words/es/officers-case.ts';
import { officers } from '../words/es/officers.ts';
import { writePromised } from './raised-facts.ts';
import { oneLine } from '../words/one-line.ts';

type Places = Pick<CaseMessageFacts, 'consulateById'>;

/** An office in a word or two, as officers call each other. One that has left the data is known by its id. */
export const officeName = ({ consulateById }: Places, id: string): string =>
  id === 'ministry' ? officers.ministryOffice : (consulateById(id)?.city ?? id);

/** Who did it, as officers read it. */
export const actorName = (places: Places, { by }: CaseEvent): string => {
  switch (by.kind) {
    case 'officer':
      return officeName(places, by.officeId);
    case 'person':
      return officersCase.actors.person;
    case 'family':
      return oneLine(by.name);
    case 'system':
      return officersCase.actors.system;
  }
};

const after = (separator: string, text: string | undefined): string =>
  text === undefined ? '' : `${separator}${oneLine(text)}`;

/** What one event was, in one line without its time. */
export const whatHappened = (places: Places, event: CaseEvent): string => {
  const { history, states, dispositions, cause } = officersCase;
  const office = actorName(places, event);
  switch (event.type) {
    case 'alert.escalated.v1':
      return fill(history.escalated[event.reason], {
        tried: event.triedConsulates.map((id) => officeName(places, id)).join(', '),
        assigned: officeName(places, event.consulate.id),
      });
    case 'alert.located.v1':
      return fill(history.located, {
        assigned: officeName(places, event.consulate.id),
        cause: fill(cause[event.cause], { by: office }),
        note: after('. ', event.note),
      });
    case 'alert.position-moved.v1':
      return fill(history.moved, { move: moveText(event) });
    case 'alert.acknowledged.v1':
      return fill(history.acknowledged, { officer: oneLine(event.officer), office });
    case 'alert.state-changed.v1':
      return fill(history.stateChanged, {
        state: states[event.to],
        facility: after(': ', event.facility),
        office,
        note: after('. ', event.note),
      });
    case 'alert.noted.v1':
      return fill(history.noted, { office, text: oneLine(event.text) });
    case 'alert.representative-assigned.v1':
      return fill(history.representative, { office, representative: oneLine(event.name), phone: event.phone });
    case 'alert.family-unreachable.v1':
      return history.familyUnreachable;
    case 'alert.cancelled.v1':
      return history.cancelled;
    case 'alert.cancelled-under-duress.v1':
      return history.duress;
    case 'alert.closed.v1':
      return fill(history.closed, {
        office,
        disposition: dispositions[event.disposition],
        note: after('. ', event.note),
      });
    case 'alert.reopened.v1':
      return fill(history.reopened, { office });
    case 'family.seen.v1':
      return fill(history.seen, { relative: oneLine(event.name) });
    case 'family.on-it.v1':
      return fill(history.onIt, { relative: oneLine(event.name), task: after(': ', event.task) });
  }
};

// A phone on the road for days says little with where it was before.
const mostMoves = 10;

/** The newest of each kind: however many there are of one, they do not push out the others. */
const newestOfEach = (events: readonly CaseEvent[], most: number): readonly CaseEvent[] => {
  const counts = new Map<string, number>();
  const isNewest = ({ type }: CaseEvent): boolean => {
    const count = (counts.get(type) ?? 0) + 1;
    counts.set(type, count);
    return count <= (type === 'alert.position-moved.v1' ? Math.min(most, mostMoves) : most);
  };
  return events.toReversed().filter(isNewest).toReversed();
};

/**
 * The events of a case for officers, oldest first; of the phone's moves the newest ten, and no more of any kind than
 * `mostOfEach`. A cancellation is two items, the family's and the authorities': it is shown once, and a forced one only
 * as what it was.
 */
export const historyOf = ({ event, events, mostOfEach = Infinity }: CaseMessageFacts): readonly CaseEvent[] => {
  const before = newestOfEach(
    events.filter(({ at, eventId }) => eventId !== event.eventId && at <= event.at),
    mostOfEach,
  );
  const forced = [...before, event].filter(({ type }) => type === 'alert.cancelled-under-duress.v1');
  return before.filter(
    ({ type, at }, index) =>
      type !== 'alert.cancelled.v1' ||
      ![...forced, ...before.slice(0, index), event].some(
        (other) => other.at === at && (other.type === type || forced.includes(other)),
      ),
  );
};

/** The history as lines of an email; empty when nothing but the press came before. */
export const historySection = (facts: CaseMessageFacts, timeZone: string): readonly string[] => {
  const events = historyOf(facts);
  const isWhole = facts.mostOfEach === undefined;
  if (events.length === 0 && isWhole) return [];
  const { title, line, raised, shortened } = officersCase.history;
  const { origin } = facts.alert;
  const began = origin
    ? fill(officers.origins[origin.kind].history, { promised: writePromised(facts.alert, timeZone) })
    : raised;
  const write = (at: string, what: string) =>
    fill(line, { time: writeTime(new Date(at), timeZone, officers.time, 'short'), what });
  return [
    title,
    ...(isWhole ? [] : [shortened]),
    write(facts.alert.raisedAt, began),
    ...events.map((event) => write(event.at, whatHappened(facts, event))),
  ];
};
