import type { CaseEventOf } from '../../domain/case/case-event.ts';
import { officersWords } from '../../words/catalogues.ts';
import { fill } from '../../words/fill.ts';
import { officeName } from '../case-message.ts';
import type { EventSpec, Frame, FrameContext } from '../event-spec.ts';
import { officeRef, shortName } from '../office-ref.ts';
import { lineOf } from '../officers-lines.ts';
import { openingTexts, requestUnderDuress } from '../raised-message.ts';
import { sideOf, valuesOfTwo } from '../two-offices.ts';

const { press, updates } = officersWords.officers;

const frame = ({ recipient, facts, kind }: FrameContext, event: CaseEventOf<'alert.located.v1'>): Frame => {
  const { located } = updates;
  const office = officeName(facts, event.consulate.id);
  const { twoOffices } = event;
  const side = sideOf(recipient, event, event.consulate.id);
  const whoseIn = (text: string) => (twoOffices ? [fill(text, valuesOfTwo(facts, twoOffices))] : []);
  const whose = side ? whoseIn(press.twoOffices[side]) : [];
  return {
    subject: fill(located.subject[kind], { office, name: '{name}', when: '{when}' }),
    opening: openingTexts(facts.alert).sms,
    sms: side === 'nearest' ? whoseIn(press.twoOffices.smsNearest).join('') : fill(located.sms, { office }),
    lead: [
      side === 'nearest' ? located.toNearest.heading : located.heading,
      side === 'nearest' ? located.toNearest.line : located.position,
      ...(event.previous === undefined
        ? []
        : [fill(located.previous, { previous: officeName(facts, event.previous) })]),
    ],
    request:
      facts.alert.duress === true
        ? requestUnderDuress(facts)
        : [
            ...whose,
            ...(side === 'nearest' ? [] : [located.request[facts.alert.state === 'raised' ? 'raised' : 'taken']]),
          ],
  };
};

/** A first or another office has the case: it gets the whole of it, the others hear of the change. */
export const located: EventSpec<'alert.located.v1'> = {
  entry: (head, { type, cause, consulate, previous, note }, offices) => ({
    ...head,
    type,
    cause,
    consulate: officeRef(offices, consulate.id),
    ...(previous !== undefined && { previous: officeRef(offices, previous) }),
    ...(note !== undefined && { note }),
  }),
  line: ({ type, cause, consulate, note }, words) => ({
    what: fill(words.events[type].happened[cause], { office: shortName(consulate, words.case) }),
    note,
  }),
  family: (facts, { type, cause, previous }, words) => {
    const texts = words.events[type].family;
    if (cause === 'position') return { texts: texts.position, steps: texts.steps };
    const before = previous === undefined ? undefined : officeRef(facts, previous);
    return {
      texts: before ? texts['hand-over'] : texts.taken,
      steps: texts.steps,
      previous: before ? shortName(before, words.case) : '',
    };
  },
  officers: {
    frame,
    // Whoever takes a hand-over has the case already.
    newReaders: ({ cause, consulate, twoOffices }) =>
      cause === 'position' ? [consulate.id, ...(twoOffices ? [twoOffices.nearest.id] : [])] : [],
    change: {
      texts: updates.events['alert.located.v1'],
      detail: (facts, event) => ({
        values: {
          previous: event.previous === undefined ? updates.noPrevious : officeName(facts, event.previous),
          cause: updates.cause[event.cause],
        },
        lines: lineOf(updates.note, 'note', event.note),
      }),
    },
    document: (_facts, { cause, previous, note }) => ({
      cause,
      previousConsulateId: previous ?? null,
      officerNote: note ?? null,
    }),
  },
};
