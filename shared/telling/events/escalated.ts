import type { CaseEventOf } from '../../domain/case/case-event.ts';
import { officersWords } from '../../words/catalogues.ts';
import { fill } from '../../words/fill.ts';
import { writeTime } from '../../words/local-time.ts';
import { writeDuration } from '../../words/measures.ts';
import { minutesAfterPress, officeName } from '../case-message.ts';
import type { EventSpec, Frame, FrameContext } from '../event-spec.ts';
import { officeRef, shortName } from '../office-ref.ts';
import { openingTexts, requestUnderDuress } from '../raised-message.ts';

type Escalated = CaseEventOf<'alert.escalated.v1'>;

const { time, officers, case: caseWords } = officersWords;
const { updates } = officers;
const { why } = updates;

/** More would not fit into an SMS. */
const officesInSms = 2;

const briefly = (names: readonly string[]): string => {
  if (names.length === 0) return caseWords.ministry;
  const shown = names.slice(0, officesInSms).join(', ');
  const more = names.length - officesInSms;
  return more > 0 ? fill(why.more, { offices: shown, count: String(more) }) : shown;
};

/** Who has the case now, as the reader has to know it. */
const inChargeLine = ({ recipient, facts }: FrameContext, event: Escalated): string => {
  if (event.consulate.id !== 'ministry') {
    const office = officeName(facts, event.consulate.id);
    if (recipient.kind === 'ministry') return fill(why.toMinistry, { office });
    return recipient.consulate.id === event.consulate.id ? why.toOffice : fill(why.toOthers, { office });
  }
  return updates.escalated[event.reason].toOwner;
};

const toldLines = (
  { facts, timeZone }: FrameContext,
  event: Escalated,
  tried: readonly string[],
): readonly string[] => {
  const write = (id: string): string =>
    fill(why.toldLine, {
      office: officeName(facts, id),
      time: writeTime(new Date(event.toldAt?.[id] ?? facts.alert.raisedAt), timeZone, time, 'short'),
    });
  return tried.length === 0 ? [] : [why.told, ...tried.map(write)];
};

const requestOf = ({ recipient, facts }: FrameContext, event: Escalated): readonly string[] => {
  if (facts.alert.duress === true) return requestUnderDuress(facts);
  if (event.reason === 'hand-over-unanswered') return [why.afterHandOver];
  return [recipient.kind === 'ministry' && event.consulate.id !== 'ministry' ? why.copy : why.acknowledge];
};

const frame = (context: FrameContext, event: Escalated): Frame => {
  const { recipient, facts, kind } = context;
  const texts = updates.escalated[event.reason];
  const tried = event.triedConsulates.filter((id) => id !== 'ministry');
  const names = tried.map((id) => officeName(facts, id));
  const values = {
    office: officeName(facts, event.consulate.id),
    elapsed: writeDuration(minutesAfterPress(facts.alert, event), time),
    // Of a hand-over: by whom and to whom.
    giver: names[0] ?? '',
    receiver: names.at(-1) ?? '',
  };
  return {
    subject: fill(texts[kind], { ...values, name: '{name}', when: '{when}' }),
    opening: openingTexts(facts.alert).sms,
    sms: fill(texts.sms, { ...values, tried: briefly(names) }),
    lead: [
      why.title,
      fill(texts.reason, { ...values, tried: names.join(', ') }),
      ...(event.reason === 'not-acknowledged' ? toldLines(context, event, tried) : []),
      inChargeLine(context, event),
      ...(event.reason === 'office-unreachable' && recipient.kind === 'ministry' ? [why.operator] : []),
    ],
    request: requestOf(context, event),
  };
};

export const escalated: EventSpec<'alert.escalated.v1'> = {
  entry: (head, { type, reason, consulate, triedConsulates }, offices) => ({
    ...head,
    type,
    reason,
    consulate: officeRef(offices, consulate.id),
    tried: triedConsulates.map((id) => officeRef(offices, id)),
  }),
  line: ({ type, reason, consulate, tried }, words) => ({
    what: fill(words.events[type].happened[reason], { office: shortName(consulate, words.case) }),
    more:
      tried.length === 0
        ? undefined
        : fill(words.case.before, { offices: tried.map((office) => shortName(office, words.case)).join(', ') }),
  }),
  family: (_facts, { type, reason, consulate }, { events }) => {
    const { steps, stepsAfterHandOver, toMinistry, ...texts } = events[type].family;
    // Somebody had the case: nothing is left unconfirmed.
    if (reason === 'hand-over-unanswered') return { texts: texts[reason], steps: stepsAfterHandOver };
    return { texts: consulate.id === 'ministry' ? toMinistry : texts[reason], steps, call: 'please' };
  },
  officers: {
    frame,
    document: ({ alert }, event) => ({
      escalatedAt: new Date(event.at).toISOString(),
      reason: event.reason,
      triedConsulateIds: [...event.triedConsulates],
      minutesWithoutAcknowledgement: event.reason === 'not-acknowledged' ? minutesAfterPress(alert, event) : null,
    }),
  },
};
