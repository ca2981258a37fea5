import type { EventSpec } from '../event-spec.ts';
import { officersWords } from '../../words/catalogues.ts';
import { oneLine } from '../../words/one-line.ts';

const { updates } = officersWords.officers;

export const acknowledged: EventSpec<'alert.acknowledged.v1'> = {
  entry: (head, { type, officer, seenOnly, relieves }) => ({
    ...head,
    type,
    name: officer,
    as: seenOnly === true ? 'seen' : relieves === true ? 'relieved' : 'taken',
  }),
  line: ({ type, as = 'taken' }, { events }) => ({ what: events[type].happened[as] }),
  state: ({ state = 'acknowledged' }) => state,
  family: ({ alert }, { type, seenOnly }, { events }) => {
    const { seen, steps, notFound, ...texts } = events[type].family;
    if (seenOnly === true) return { texts: seen, steps: seen.steps };
    const isFound = alert.facility !== undefined || alert.drill;
    return { texts, steps, ...(!isFound && { inSmsIfItFits: notFound }) };
  },
  officers: {
    change: {
      texts: ({ seenOnly }) => (seenOnly === true ? updates.seen : updates.events['alert.acknowledged.v1']),
      detail: (_facts, { officer }) => ({ values: { officer: oneLine(officer) }, named: 'officer' }),
    },
    document: (_facts, { officer, seenOnly = false }) => ({ officer, seenOnly }),
  },
};
