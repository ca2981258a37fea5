import type { EventSpec } from '../event-spec.ts';
import { actorName } from '../case-message.ts';
import { officersWords } from '../../words/catalogues.ts';
import { writeTime } from '../../words/local-time.ts';

const { time } = officersWords;
const { events: updates } = officersWords.officers.updates;

/** Nobody of the rosters has taken the case: an officer is to phone. */
export const representativeUnanswered: EventSpec<'representative.unanswered.v1'> = {
  entry: (head, { type, since, asked }) => ({ ...head, type, since, asked }),
  line: ({ type }, { events }) => ({ what: events[type].happened, isAlarming: true }),
  officers: {
    change: {
      texts: updates['representative.unanswered.v1'],
      detail: (_facts, { since, asked }, timeZone) => ({
        values: { longSince: writeTime(new Date(since), timeZone, time, 'long'), asked: String(asked) },
      }),
    },
    document: (_facts, { since, asked }) => ({ searchedSince: new Date(since).toISOString(), asked }),
  },
};

export const representativeDone: EventSpec<'representative.done.v1'> = {
  entry: (head, { type }) => ({ ...head, type }),
  line: ({ type }, { events }) => ({ what: events[type].happened }),
  officers: {
    change: {
      texts: updates['representative.done.v1'],
      detail: (facts, event) => ({ values: { representative: actorName(facts, event) }, named: 'representative' }),
    },
  },
};
