import { officersWords } from '../../words/catalogues.ts';
import { fill } from '../../words/fill.ts';
import { officeName } from '../case-message.ts';
import type { EventSpec } from '../event-spec.ts';
import { officeRef, shortName } from '../office-ref.ts';

const { updates } = officersWords.officers;

/** Nobody took the case that was handed over: whoever had it has it as before. */
export const handOverEnded: EventSpec<'alert.hand-over-ended.v1'> = {
  entry: (head, { type, receiver, why }, offices) => ({ ...head, type, to: officeRef(offices, receiver.id), why }),
  line: ({ type, to, why }, words) => ({
    what: fill(words.events[type].happened[why], { office: shortName(to, words.case) }),
  }),
  officers: {
    change: {
      texts: updates.events['alert.hand-over-ended.v1'],
      detail: (facts, { receiver: { id }, why }) => {
        const receiver = officeName(facts, id);
        return { values: { receiver, why: fill(updates.handOverEnded[why], { receiver }) } };
      },
    },
    document: (_facts, { receiver, why }) => ({ receivingConsulateId: receiver.id, why }),
  },
};
