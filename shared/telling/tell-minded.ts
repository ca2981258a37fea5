import { officeOf } from '../domain/case/alert.ts';
import type { CaseEvent, CaseEventOf } from '../domain/case/case-event.ts';
import type { EventRef } from '../domain/event-ref.ts';
import { inParallel } from '../domain/in-parallel.ts';
import type { FamilyChangeDeps } from './family-changes.ts';
import type { Told } from './tell.ts';
import { tellFamily } from './tell.ts';
import type { TellOfficesDeps } from './to-offices.ts';
import { tellOfficesOfEvent } from './to-offices.ts';

/** What the watchman finds due of cases that wait for people. */
type MindedEvent = CaseEventOf<
  | 'alert.silent.v1'
  | 'alert.unattended.v1'
  | 'alert.lapsed.v1'
  | 'alert.hand-over-unanswered.v1'
  | 'alert.hand-over-ended.v1'
  | 'alert.escalated.v1'
>;

/**
 * Whether the round of the watchman that found an event due also tells it. The stream leaves it alone: it knows one
 * event, and not what else is due to the same people.
 */
export const isToldByRound = (event: CaseEvent): event is MindedEvent => {
  switch (event.type) {
    case 'alert.silent.v1':
    case 'alert.unattended.v1':
    case 'alert.lapsed.v1':
    case 'alert.hand-over-unanswered.v1':
      return true;
    case 'alert.hand-over-ended.v1':
      return event.why === 'unanswered';
    case 'alert.escalated.v1':
      return event.reason !== 'office-unreachable';
    default:
      return false;
  }
};

type ToldMinded =
  | ({ readonly kind: 'told'; readonly ref: EventRef } & Told)
  | { readonly kind: 'failed'; readonly ref: EventRef; readonly cause: unknown };

// Enough to be done within seconds, few enough to leave SNS's rate to the fast path.
const atOnce = 20;

const officesOf = ({ deliveries }: CaseEvent): readonly string[] =>
  Object.keys(deliveries).flatMap((key) => officeOf(key) ?? (key === 'ministry' ? key : []));

/**
 * Tells what one round found due. An office that is to hear of several cases hears of them in one message, the digest that
 * follows; its machines have each at once. What fails here is due by itself a minute later.
 */
export const tellMinded = async (
  { family, offices }: { readonly family: FamilyChangeDeps; readonly offices: TellOfficesDeps },
  events: readonly CaseEvent[],
): Promise<readonly ToldMinded[]> => {
  const times = new Map<string, number>();
  for (const officeId of events.flatMap(officesOf)) times.set(officeId, (times.get(officeId) ?? 0) + 1);
  const isTogether = (officeId: string): boolean => (times.get(officeId) ?? 0) > 1;
  return inParallel(events, atOnce, async (event): Promise<ToldMinded> => {
    const { familyId, alertId, eventId } = event;
    const ref = { familyId, alertId, eventId };
    try {
      const [toFamily, toOffices] = await Promise.all([
        tellFamily(family, { kind: 'event', event }),
        tellOfficesOfEvent(offices, event, isTogether),
      ]);
      return { kind: 'told', ref, results: [...toFamily, ...toOffices.results] };
    } catch (cause) {
      return { kind: 'failed', ref, cause };
    }
  });
};
