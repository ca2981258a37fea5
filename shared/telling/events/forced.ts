import type { CaseEventOf } from '../../domain/case/case-event.ts';
import { officersWords } from '../../words/catalogues.ts';
import { fill } from '../../words/fill.ts';
import { pressTimes, writeLaterTime, writeTime } from '../../words/local-time.ts';
import { assignedAfter, officeName } from '../case-message.ts';
import type { EventSpec, Frame, FrameContext } from '../event-spec.ts';
import { trustedLine } from '../raised-message.ts';

const { forced } = officersWords.officers.updates;

const frame = ({ facts, kind, timeZone }: FrameContext, event: CaseEventOf<'family.forced.v1'>): Frame => {
  const at = new Date(event.at);
  const values = {
    at: writeLaterTime(at, pressTimes(facts.alert).pressed, timeZone, officersWords.time, 'short'),
    longAt: writeTime(at, timeZone, officersWords.time, 'long'),
    office: officeName(facts, assignedAfter(facts).id),
    name: '{name}',
    what: forced.what[event.occasion],
    longWhat: forced.longWhat[event.occasion],
    trusted: trustedLine(facts),
  };
  return {
    subject: fill(kind === 'drill' ? forced.drillSubject : forced.subject, values),
    opening: fill(kind === 'drill' ? forced.drillSms : forced.sms, values),
    sms: '',
    lead: [forced.heading, ...forced.lines.map((line) => fill(line, values))],
    request: forced.request.map((line) => fill(line, values)),
  };
};

/** A duress PIN was typed at a change of contacts, phones or settings: the family hears nothing of it. */
export const forcedEvent: EventSpec<'family.forced.v1'> = {
  entry: (head, { type, occasion }) => ({ ...head, type, occasion }),
  line: ({ type, occasion }, { events }) => ({
    what: events[type].happened[occasion],
    isAlarming: true,
  }),
  officers: {
    goesFirst: true,
    frame,
    heading: forced.heading,
    document: (_facts, { occasion }) => ({ underDuress: true, occasion }),
  },
};
