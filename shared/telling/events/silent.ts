import { minutesAfterPress } from '../case-message.ts';
import type { EventSpec } from '../event-spec.ts';
import { officersWords } from '../../words/catalogues.ts';
import { writeDuration } from '../../words/measures.ts';

/** Nobody has taken the case: those who were told of it hear again. */
export const silent: EventSpec<'alert.silent.v1'> = {
  entry: (head, { type }) => ({ ...head, type }),
  line: ({ type }, { events }) => ({ what: events[type].happened }),
  family: (_facts, { type }, { events }) => {
    const { steps, ...texts } = events[type].family;
    return { texts, steps, call: 'please' };
  },
  officers: {
    change: {
      texts: officersWords.officers.updates.events['alert.silent.v1'],
      detail: ({ alert }, event) => ({
        values: { elapsed: writeDuration(minutesAfterPress(alert, event), officersWords.time) },
      }),
    },
    document: ({ alert }, event) => ({ minutesWithoutAcknowledgement: minutesAfterPress(alert, event) }),
  },
};
