import type { EventSpec } from '../event-spec.ts';
import { officersWords } from '../../words/catalogues.ts';
import { oneLine } from '../../words/one-line.ts';

export const acknowledged: EventSpec<'alert.acknowledged.v1'> = {
  entry: (head, { type, officer }) => ({ ...head, type, name: officer }),
  line: ({ type }, { events }) => ({ what: events[type].happened }),
  state: () => 'acknowledged',
  family: (_facts, { type }, { events }) => {
    const { steps, ...texts } = events[type].family;
    return { texts, steps };
  },
  officers: {
    change: {
      texts: officersWords.officers.updates.events['alert.acknowledged.v1'],
      detail: (_facts, { officer }) => ({ values: { officer: oneLine(officer) }, named: 'officer' }),
    },
    document: (_facts, { officer }) => ({ officer }),
  },
};
