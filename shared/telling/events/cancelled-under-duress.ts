import type { CaseEventOf } from '../../domain/case/case-event.ts';
import { officersWords } from '../../words/catalogues.ts';
import { fill } from '../../words/fill.ts';
import { pressTimes, writeLaterTime, writeTime } from '../../words/local-time.ts';
import { assignedAfter, officeName } from '../case-message.ts';
import type { EventSpec, Frame, FrameContext } from '../event-spec.ts';
import { requestUnderDuress } from '../raised-message.ts';

const { duress } = officersWords.officers.updates;

const frame = (
  { facts, kind, timeZone }: FrameContext,
  event: CaseEventOf<'alert.cancelled-under-duress.v1'>,
): Frame => {
  const at = new Date(event.at);
  const values = {
    at: writeLaterTime(at, pressTimes(facts.alert).pressed, timeZone, officersWords.time, 'short'),
    longAt: writeTime(at, timeZone, officersWords.time, 'long'),
    office: officeName(facts, assignedAfter(facts).id),
    name: '{name}',
  };
  return {
    subject: fill(kind === 'drill' ? duress.drillSubject : duress.subject, values),
    opening: fill(kind === 'drill' ? duress.drillSms : duress.sms, values),
    sms: '',
    lead: [duress.heading, ...duress.lines.map((line) => fill(line, values))],
    request: requestUnderDuress(facts),
  };
};

/** The family is told the opposite: see `alert.cancelled.v1`, which goes out with it. */
export const cancelledUnderDuress: EventSpec<'alert.cancelled-under-duress.v1'> = {
  entry: (head, { type }) => ({ ...head, type }),
  line: ({ type }, { events }) => ({ what: events[type].happened, isAlarming: true }),
  officers: { goesFirst: true, frame, heading: duress.heading, document: () => ({ underDuress: true }) },
};
