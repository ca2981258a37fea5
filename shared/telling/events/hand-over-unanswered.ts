import { officersWords } from '../../words/catalogues.ts';
import { fill } from '../../words/fill.ts';
import { minutesBetween, writeDuration } from '../../words/measures.ts';
import { officeName } from '../case-message.ts';
import type { EventSpec } from '../event-spec.ts';
import { officeRef, shortName } from '../office-ref.ts';

const { officers, time } = officersWords;

/** Nobody at the receiver has acted yet. */
export const handOverUnanswered: EventSpec<'alert.hand-over-unanswered.v1'> = {
  entry: (head, { type, receiver, askedAt }, offices) => ({
    ...head,
    type,
    to: officeRef(offices, receiver.id),
    askedAt,
  }),
  line: ({ type, to }, words) => ({
    what: fill(words.events[type].happened, { office: shortName(to, words.case) }),
  }),
  officers: {
    change: {
      texts: officers.updates.events['alert.hand-over-unanswered.v1'],
      detail: (facts, { receiver, askedAt, at }) => ({
        values: { receiver: officeName(facts, receiver.id), elapsed: writeDuration(minutesBetween(askedAt, at), time) },
      }),
    },
    document: (_facts, { askedAt, at }) => ({ minutesWithoutAnswer: minutesBetween(askedAt, at) }),
  },
};
