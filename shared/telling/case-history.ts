import type { TimelineEntry } from '../contracts/timeline.ts';
import type { CaseEvent } from '../domain/case/case-event.ts';
import { officersWords } from '../words/catalogues.ts';
import { fill } from '../words/fill.ts';
import { writeTime } from '../words/local-time.ts';
import { oneLine } from '../words/one-line.ts';
import type { CaseMessageFacts } from './case-message.ts';
import { describe, describeActor, lineText } from './describe.ts';
import { beginningOf, entryOf } from './timeline.ts';

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

/** Who did it and what it was, in one line. */
export const whatHappened = (
  entry: TimelineEntry,
  timeZone: string,
): { readonly who: string; readonly what: string } => ({
  who: oneLine(describeActor(entry.by, officersWords.case)),
  what: lineText(describe(entry, { words: officersWords, timeZone })),
});

/** The history as lines of an email; empty when nothing but the press came before. */
export const historySection = (facts: CaseMessageFacts, timeZone: string): readonly string[] => {
  const events = historyOf(facts);
  const isWhole = facts.mostOfEach === undefined;
  if (events.length === 0 && isWhole) return [];
  const { title, line, shortened } = officersWords.officers.updates.history;
  const write = (entry: TimelineEntry): string =>
    fill(line, {
      time: writeTime(new Date(entry.at), timeZone, officersWords.time, 'short'),
      ...whatHappened(entry, timeZone),
    });
  return [
    title,
    ...(isWhole ? [] : [shortened]),
    write(beginningOf(facts.alert)),
    ...events.map((event) => write(entryOf(facts.alert, event, facts))),
  ];
};
