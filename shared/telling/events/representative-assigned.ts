import { minutesAfterPress } from '../case-message.ts';
import type { EventSpec } from '../event-spec.ts';
import { officersWords } from '../../words/catalogues.ts';
import { writeDuration } from '../../words/measures.ts';
import { oneLine } from '../../words/one-line.ts';

/** An officer named somebody, or whoever was asked accepted: either way the family hears who, and how to call. */
export const representativeAssigned: EventSpec<'alert.representative-assigned.v1'> = {
  entry: (head, { type, name, phone, former }) => ({
    ...head,
    type,
    name,
    phone,
    ...(former !== undefined && { former }),
  }),
  line: ({ type, by, name, phone }, { events }) => {
    const { accepted, named } = events[type].happened;
    return by.kind === 'representative' ? { what: accepted, phone } : { what: named, about: name, phone };
  },
  family: (_facts, { type, by, name, phone, former }, { events }) => {
    const { steps, accepted, changed, named } = events[type].family;
    return {
      texts: former !== undefined ? changed : by.kind === 'representative' ? accepted : named,
      steps,
      representative: { name: oneLine(name), phone },
      ...(former !== undefined && { former: oneLine(former) }),
    };
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
      previousRepresentative: event.former ?? null,
      minutesAfterPress: minutesAfterPress(alert, event),
    }),
  },
};
