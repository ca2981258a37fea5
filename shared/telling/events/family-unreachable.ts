import type { EventSpec } from '../event-spec.ts';
import { contactsOf } from '../raised-document.ts';
import { officersWords } from '../../words/catalogues.ts';
import { fill } from '../../words/fill.ts';
import { oneLine } from '../../words/one-line.ts';

const { press, updates } = officersWords.officers;

export const familyUnreachable: EventSpec<'alert.family-unreachable.v1'> = {
  entry: (head, { type }) => ({ ...head, type }),
  line: ({ type }, { events }) => ({ what: events[type].happened, isAlarming: true }),
  officers: {
    change: {
      texts: updates.events['alert.family-unreachable.v1'],
      detail: ({ family }) => ({
        lines: [
          updates.familyUnreached.contacts,
          ...family.contacts.map(({ name, endpoint }) =>
            fill(`- ${press.contacts.line}`, { name: oneLine(name), endpoint }),
          ),
        ],
      }),
    },
    document: ({ family }) => ({ contacts: contactsOf(family) }),
  },
};
