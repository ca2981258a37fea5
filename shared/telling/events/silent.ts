import { dayMs } from '../../domain/limits.ts';
import { minutesAfterPress } from '../case-message.ts';
import type { EventSpec } from '../event-spec.ts';
import { officersWords } from '../../words/catalogues.ts';
import { writeDuration } from '../../words/measures.ts';

/** Nobody has taken the case: those who were told of it hear again. */
export const silent: EventSpec<'alert.silent.v1'> = {
  entry: (head, { type }) => ({ ...head, type }),
  line: ({ type }, { events }) => ({ what: events[type].happened }),
  family: ({ alert }, event, { events }) => {
    const { steps, alone, ...texts } = events[event.type].family;
    if (alert.consularNotification) return { texts, steps, call: 'please' };
    const isLater = Date.parse(event.at) - Date.parse(alert.raisedAt) >= 2 * dayMs;
    return { texts: isLater ? alone.days : alone.day, steps: alone.steps };
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
