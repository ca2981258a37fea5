import type { EventSpec } from '../event-spec.ts';
import { officersWords } from '../../words/catalogues.ts';
import { pressTimes, writeLaterTime, writeTime } from '../../words/local-time.ts';

const { time } = officersWords;

/** The case was taken, and nothing has been written on it since. */
export const unattended: EventSpec<'alert.unattended.v1'> = {
  entry: (head, { type, since }) => ({ ...head, type, since }),
  line: ({ type }, { events }) => ({ what: events[type].happened }),
  family: (_facts, { type }, { events }) => {
    const { steps, ...texts } = events[type].family;
    return { texts, steps, call: 'please' };
  },
  officers: {
    change: {
      texts: officersWords.officers.updates.events['alert.unattended.v1'],
      detail: ({ alert }, event, timeZone) => ({
        values: {
          since: writeLaterTime(new Date(event.since), pressTimes(alert).pressed, timeZone, time, 'short'),
          longSince: writeTime(new Date(event.since), timeZone, time, 'long'),
        },
      }),
    },
    document: (_facts, { since }) => ({ since: new Date(since).toISOString() }),
  },
};
