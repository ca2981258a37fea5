import type { CaseEventOf } from '../../domain/case/case-event.ts';
import { officersWords } from '../../words/catalogues.ts';
import { fill } from '../../words/fill.ts';
import { pressTimes, writeLaterTime, writeTime } from '../../words/local-time.ts';
import type { CaseMessageFacts } from '../case-message.ts';
import type { Detail, EventSpec } from '../event-spec.ts';
import { lineOf } from '../officers-lines.ts';

const { time, officers } = officersWords;
const { again } = officers.updates;

const detail = (
  { alert }: CaseMessageFacts,
  { at, pressedAt, battery, note }: CaseEventOf<'alert.pressed-again.v1'>,
  timeZone: string,
): Detail => {
  const pressed = new Date(pressedAt ?? at);
  return {
    values: {
      pressed: writeLaterTime(pressed, pressTimes(alert).pressed, timeZone, time, 'short'),
      longPressed: writeTime(pressed, timeZone, time, 'long'),
    },
    lines: [
      ...(battery === undefined ? [] : [fill(again.battery, { battery: String(battery) })]),
      ...lineOf(again.note, 'note', note),
    ],
  };
};

/** The person pressed again while their case is open: one case, and a reason to look at it now. */
export const pressedAgain: EventSpec<'alert.pressed-again.v1'> = {
  entry: (head, { type, pressId, pressedAt, note }) => ({
    ...head,
    type,
    pressId,
    ...(pressedAt !== undefined && { pressedAt }),
    ...(note !== undefined && { note }),
  }),
  line: ({ type, note }, { events }) => ({ what: events[type].happened, note }),
  family: ({ alert: { consularNotification } }, { type }, { events }) => {
    const { steps, offices, callOffice, ...texts } = events[type].family;
    return consularNotification ? { texts, steps: [callOffice, ...steps], addition: offices } : { texts, steps };
  },
  officers: {
    change: { texts: officers.updates.events['alert.pressed-again.v1'], detail },
    document: (_facts, { pressId, pressedAt, battery, note }) => ({
      pressId,
      pressedAt: pressedAt ?? null,
      batteryPercent: battery ?? null,
      note: note ?? null,
    }),
  },
};
