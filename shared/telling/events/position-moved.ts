import type { CaseEventOf } from '../../domain/case/case-event.ts';
import { officersWords } from '../../words/catalogues.ts';
import { fill } from '../../words/fill.ts';
import { pressTimes, writeLaterTime, writeTime } from '../../words/local-time.ts';
import { writeDistance } from '../../words/measures.ts';
import { seenPosition } from '../../words/place.ts';
import type { CaseMessageFacts } from '../case-message.ts';
import type { Detail, EventSpec } from '../event-spec.ts';
import { mapLine, placeLines } from '../officers-lines.ts';

type Moved = CaseEventOf<'alert.position-moved.v1'>;

/** A position that was queued longer than this is told with both its times. */
const queuedMs = 5 * 60 * 1000;

const { time, officers } = officersWords;
const { move } = officers.updates;

const detail = (facts: CaseMessageFacts, { at, position, distanceMeters }: Moved, timeZone: string): Detail => {
  const { pressed } = pressTimes(facts.alert);
  const [measured, received] = [new Date(position.measuredAt), new Date(at)];
  const times = {
    measured: writeLaterTime(measured, pressed, timeZone, time, 'short'),
    received: writeLaterTime(received, measured, timeZone, time, 'short'),
  };
  const isLate = received.getTime() - measured.getTime() > queuedMs;
  return {
    values: {
      move: distanceMeters === undefined ? move.first : fill(move.moved, { distance: writeDistance(distanceMeters) }),
      measured: isLate ? fill(move.late, times) : times.measured,
      longMeasured: writeTime(measured, timeZone, time, 'long'),
    },
    lines: [...placeLines(position), mapLine(position)],
  };
};

export const positionMoved: EventSpec<'alert.position-moved.v1'> = {
  entry: (head, { type, position, distanceMeters }) => {
    const seen = seenPosition(position);
    return { ...head, type, ...(seen && { position: seen }), ...(distanceMeters !== undefined && { distanceMeters }) };
  },
  line: ({ type, position, distanceMeters }, { events }) => ({
    what: events[type].happened[position && distanceMeters === undefined ? 'first' : 'moved'],
    about: distanceMeters === undefined ? undefined : writeDistance(distanceMeters),
  }),
  officers: {
    change: { texts: officers.updates.events['alert.position-moved.v1'], detail },
    document: (_facts, { position: { latitude, longitude, accuracyMeters = null, measuredAt }, distanceMeters }) => ({
      position: { latitude, longitude, accuracyMeters, measuredAt },
      distanceMeters: distanceMeters ?? null,
    }),
  },
};
