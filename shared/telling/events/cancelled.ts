import type { EventSpec } from '../event-spec.ts';
import { officersWords } from '../../words/catalogues.ts';

export const cancelled: EventSpec<'alert.cancelled.v1'> = {
  entry: (head, { type }) => ({ ...head, type }),
  // Under duress that it is cancelled is a message of ours, and nobody's doing.
  line: ({ type, by }, { events }) => ({ what: events[type].happened[by.kind === 'system' ? 'toldOnly' : 'byPerson'] }),
  state: () => 'closed',
  family: ({ alert }, { type }, { events }) => {
    const { steps, stepsTitle, stillInDoubt, ...texts } = events[type].family;
    const last = alert.consularNotification ? stillInDoubt.authorised : stillInDoubt.notAuthorised;
    return { texts, stepsTitle, steps: [...steps, last] };
  },
  officers: {
    change: { texts: officersWords.officers.updates.events['alert.cancelled.v1'] },
    document: () => ({ msgType: 'Cancel', disposition: 'cancelled' }),
  },
};
