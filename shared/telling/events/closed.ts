import type { EventSpec } from '../event-spec.ts';
import { lineOf } from '../officers-lines.ts';
import { officersWords } from '../../words/catalogues.ts';
import { fill } from '../../words/fill.ts';

const { updates } = officersWords.officers;

export const closed: EventSpec<'alert.closed.v1'> = {
  entry: (head, { type, disposition, note }) => ({
    ...head,
    type,
    disposition,
    ...(note !== undefined && { note }),
  }),
  line: ({ type, disposition, note }, { events, case: { dispositions } }) => ({
    what: fill(events[type].happened, { disposition: dispositions[disposition].name }),
    note,
  }),
  state: () => 'closed',
  family: (_facts, { type, disposition }, words) => ({
    texts: words.case.dispositions[disposition].told,
    steps: words.events[type].family.steps,
    call: 'ifNot',
  }),
  officers: {
    change: {
      texts: updates.events['alert.closed.v1'],
      detail: (_facts, { disposition, note }) => ({
        values: { disposition: officersWords.case.dispositions[disposition].name },
        lines: lineOf(updates.note, 'note', note),
      }),
    },
    document: (_facts, { disposition, note }) => ({ disposition, officerNote: note ?? null }),
  },
};
