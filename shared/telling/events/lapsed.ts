import type { EventSpec } from '../event-spec.ts';
import { officersWords } from '../../words/catalogues.ts';
import { pressTimes, writeLaterTime, writeTime } from '../../words/local-time.ts';

const { time, officers } = officersWords;

/** Somebody saw the case in a list with others and did nothing about it: it is nobody's again. */
export const lapsed: EventSpec<'alert.lapsed.v1'> = {
  entry: (head, { type, seenAt }) => ({ ...head, type, seenAt }),
  line: ({ type }, { events }) => ({ what: events[type].happened }),
  state: () => 'raised',
  officers: {
    change: {
      texts: officers.updates.events['alert.lapsed.v1'],
      detail: ({ alert }, { seenAt }, timeZone) => ({
        values: {
          seen: writeLaterTime(new Date(seenAt), pressTimes(alert).pressed, timeZone, time, 'short'),
          longSeen: writeTime(new Date(seenAt), timeZone, time, 'long'),
        },
      }),
    },
    document: (_facts, { seenAt }) => ({ seenAt: new Date(seenAt).toISOString() }),
  },
};
