import type { CaseEventOf } from '../../domain/case/case-event.ts';
import { officersWords } from '../../words/catalogues.ts';
import { fill } from '../../words/fill.ts';
import { actorName, officeName } from '../case-message.ts';
import type { EventSpec, Frame, FrameContext } from '../event-spec.ts';
import { officeRef, shortName } from '../office-ref.ts';
import { lineOf } from '../officers-lines.ts';
import { openingTexts, requestUnderDuress } from '../raised-message.ts';

const { updates } = officersWords.officers;

const frame = ({ facts, kind }: FrameContext, event: CaseEventOf<'alert.hand-over-asked.v1'>): Frame => {
  const { handOver } = updates;
  const values = { office: officeName(facts, event.receiver.id), by: actorName(facts, event) };
  const { state } = facts.alert;
  return {
    subject: fill(handOver.subject[kind], { ...values, name: '{name}', when: '{when}' }),
    opening: openingTexts(facts.alert).sms,
    sms: fill(handOver.sms, values),
    lead: [handOver.heading, fill(handOver.asked, values), ...lineOf(handOver.note, 'note', event.note)],
    request:
      facts.alert.duress === true
        ? requestUnderDuress(facts)
        : [handOver.request[state === 'raised' ? 'raised' : 'taken']],
  };
};

/** The receiver gets the whole case, and is asked to take it; the giver hears that it waits. */
export const handOverAsked: EventSpec<'alert.hand-over-asked.v1'> = {
  entry: (head, { type, receiver, from, note }, offices) => ({
    ...head,
    type,
    to: officeRef(offices, receiver.id),
    ...(from !== undefined && { from: officeRef(offices, from) }),
    ...(note !== undefined && { note }),
  }),
  line: ({ type, to, note }, words) => ({
    what: fill(words.events[type].happened, { office: shortName(to, words.case) }),
    note,
  }),
  officers: {
    frame,
    newReaders: ({ receiver }) => [receiver.id],
    change: {
      texts: updates.events['alert.hand-over-asked.v1'],
      detail: (facts, { receiver, note }) => ({
        values: { receiver: officeName(facts, receiver.id) },
        lines: lineOf(updates.note, 'note', note),
      }),
    },
    document: (_facts, { note }) => ({ officerNote: note ?? null }),
  },
};
