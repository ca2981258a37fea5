import type { EventSpec } from '../event-spec.ts';
import { officersWords } from '../../words/catalogues.ts';

export const reopened: EventSpec<'alert.reopened.v1'> = {
  entry: (head, { type }) => ({ ...head, type }),
  line: ({ type }, { happened }) => ({ what: happened[type] }),
  state: () => 'acknowledged',
  family: (_facts, { type }, { family }) => {
    const { steps, ...texts } = family.messages[type];
    return { texts, steps };
  },
  officers: { change: { texts: officersWords.officers.updates.events['alert.reopened.v1'] } },
};
