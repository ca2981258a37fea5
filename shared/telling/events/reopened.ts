import type { EventSpec } from '../event-spec.ts';
import { officersWords } from '../../words/catalogues.ts';

export const reopened: EventSpec<'alert.reopened.v1'> = {
  entry: (head, { type }) => ({ ...head, type }),
  line: ({ type }, { events }) => ({ what: events[type].happened }),
  state: () => 'acknowledged',
  family: (_facts, { type }, { events }) => {
    const { steps, ...texts } = events[type].family;
    return { texts, steps };
  },
  officers: { change: { texts: officersWords.officers.updates.events['alert.reopened.v1'] } },
};
