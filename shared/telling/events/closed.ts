import type { Disposition } from '../../domain/vocabulary.ts';
import type { EventSpec, FamilyUpdate } from '../event-spec.ts';
import { lineOf } from '../officers-lines.ts';
import { officersWords } from '../../words/catalogues.ts';
import { fill } from '../../words/fill.ts';
import { oneLine } from '../../words/one-line.ts';

const { updates } = officersWords.officers;

/** What the SMS says of the phone. */
const calls: Readonly<Record<Disposition, NonNullable<FamilyUpdate['call']>>> = {
  cancelled: 'ifNot',
  safe: 'ifNot',
  'false-alarm': 'ifNot',
  released: 'notCalled',
  repatriated: 'info',
  drill: 'info',
  other: 'please',
};

/** What happened may be a death, which an officer says by voice: such an SMS says no more than whom to call. */
const toldByVoice: Disposition = 'other';

export const closed: EventSpec<'alert.closed.v1'> = {
  entry: (head, { type, disposition, note, familyNote }) => ({
    ...head,
    type,
    disposition,
    ...(note !== undefined && { note }),
    ...(familyNote !== undefined && { familyNote }),
  }),
  line: ({ type, disposition, note, familyNote }, { events, case: { dispositions, toFamily } }) => ({
    what: fill(events[type].happened, { disposition: dispositions[disposition].name }),
    more: familyNote === undefined ? undefined : fill(toFamily, { note: oneLine(familyNote) }),
    note,
  }),
  state: () => 'closed',
  family: ({ alert: { facility }, family: { sharePositionWithFamily } }, { type, disposition, familyNote }, words) => {
    const { steps, otherSteps, repatriatedSteps } = words.events[type].family;
    return {
      texts: words.case.dispositions[disposition].told,
      steps: disposition === 'other' ? otherSteps : disposition === 'repatriated' ? repatriatedSteps : steps,
      call: calls[disposition],
      ...(facility !== undefined && sharePositionWithFamily && { facility: oneLine(facility) }),
      ...(familyNote !== undefined && { note: oneLine(familyNote), noteInSms: disposition !== toldByVoice }),
    };
  },
  officers: {
    change: {
      texts: updates.events['alert.closed.v1'],
      detail: (_facts, { disposition, note, familyNote }) => ({
        values: { disposition: officersWords.case.dispositions[disposition].name },
        lines: [...lineOf(updates.note, 'note', note), ...lineOf(officersWords.case.toFamily, 'note', familyNote)],
      }),
    },
    document: (_facts, { disposition, note, familyNote }) => ({
      disposition,
      officerNote: note ?? null,
      familyNote: familyNote ?? null,
    }),
  },
};
