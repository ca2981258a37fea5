import { minutesAfterPress } from '../case-message.ts';
import type { EventSpec } from '../event-spec.ts';
import { officersWords } from '../../words/catalogues.ts';
import { writeDuration } from '../../words/measures.ts';
import { oneLine } from '../../words/one-line.ts';

export const representativeAssigned: EventSpec<'alert.representative-assigned.v1'> = {
  entry: (head, { type, name, phone }) => ({ ...head, type, name, phone }),
  line: ({ type, name, phone }, { events }) => ({ what: events[type].happened, about: name, phone }),
  family: (_facts, { type, name, phone }, { events }) => {
    const { steps, ...texts } = events[type].family;
    return { texts, steps, representative: { name: oneLine(name), phone } };
  },
  officers: {
    change: {
      texts: officersWords.officers.updates.events['alert.representative-assigned.v1'],
      detail: ({ alert }, event) => ({
        values: {
          representative: oneLine(event.name),
          phone: event.phone,
          elapsed: writeDuration(minutesAfterPress(alert, event), officersWords.time),
        },
        named: 'representative',
      }),
    },
    document: ({ alert }, event) => ({
      representative: { name: event.name, phone: event.phone },
      minutesAfterPress: minutesAfterPress(alert, event),
    }),
  },
};
