import { isFamilyPending, officesIn } from '../domain/case/deliveries.ts';
import type { CaseEvent, CaseEventOf } from '../domain/case/case-event.ts';
import type { EventRef } from '../domain/event-ref.ts';
import { inParallel } from '../domain/in-parallel.ts';
import type { FamilyChangeDeps } from './family-changes.ts';
import type { Told } from './tell.ts';
import { nameableIn, tellFamilyOfEvent } from './to-family.ts';
import { type TellOfficesDeps, tellOfficesOfEvent } from './to-offices.ts';

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

/** A fault of one keeps no other from being told; what is not told is due by itself a minute later. */
const telling = async (event: CaseEvent, tell: () => Promise<Told['results']>): Promise<ToldMinded> => {
  const { familyId, alertId, eventId } = event;
  const ref = { familyId, alertId, eventId };
  try {
    return { kind: 'told', ref, results: await tell() };
  } catch (cause) {
    return { kind: 'failed', ref, cause };
  }
};

/** What somebody new is told of is said first. */
const changesCharge = ({ type }: CaseEvent): boolean => type === 'alert.escalated.v1';

/**
 * One message to a family, however many cases it has; what that message could not say is said by itself. A case of which
 * no office is to know is named in none: it comes last, and nobody is to say a folio of it.
 */
const tellFamilyOnce = async (deps: FamilyChangeDeps, events: readonly CaseEvent[]): Promise<readonly ToldMinded[]> => {
  const isAlone = events.length === 1;
  const found = await Promise.all(
    events.map(async (event) => ({ event, name: isAlone ? 'named' : await nameableIn(deps, event) })),
  );
  const unheard = found.filter(({ name }) => name === 'unheard').map(({ event }) => event);
  const heard = found
    .filter(({ name }) => name !== 'unheard')
    .map(({ event, name }) => ({ event, isNamed: name === 'named' }));
  const ended = unheard.map(async (event) => telling(event, async () => tellFamilyOfEvent(deps, event)));
  const [first, ...rest] = heard.toSorted(
    (one, other) =>
      Number(other.isNamed) - Number(one.isNamed) ||
      Number(changesCharge(other.event)) - Number(changesCharge(one.event)),
  );
  if (!first) return Promise.all(ended);
  const others = rest.filter(({ isNamed }) => isNamed).map(({ event }) => event);
  const told = await telling(first.event, async () => tellFamilyOfEvent(deps, first.event, { others }));
  const isSaid = told.kind === 'told' && told.results.length > 0 && told.results.every(({ kind }) => kind === 'sent');
  const later = rest.map(async ({ event }) => telling(event, async () => tellFamilyOfEvent(deps, event, { isSaid })));
  return [told, ...(await Promise.all([...later, ...ended]))];
};

/**
 * Tells what one round found due. An office that is to hear of several cases hears of them in one message, the digest that
 * follows; its machines have each at once. A family reads of all of its cases in one.
 */
export const tellMinded = async (
  { family, offices }: { readonly family: FamilyChangeDeps; readonly offices: TellOfficesDeps },
  events: readonly CaseEvent[],
): Promise<readonly ToldMinded[]> => {
  const times = new Map<string, number>();
  for (const officeId of events.flatMap(({ deliveries }) => officesIn(deliveries)))
    times.set(officeId, (times.get(officeId) ?? 0) + 1);
  const isTogether = (officeId: string): boolean => (times.get(officeId) ?? 0) > 1;
  const ofFamilies = Map.groupBy(
    events.filter(({ deliveries }) => isFamilyPending(deliveries)),
    ({ familyId }) => familyId,
  );
  const [toFamilies, toOffices] = await Promise.all([
    inParallel([...ofFamilies.values()], atOnce, async (own) => tellFamilyOnce(family, own)),
    inParallel(events, atOnce, async (event) =>
      telling(event, async () => (await tellOfficesOfEvent(offices, event, isTogether)).results),
    ),
  ]);
  return [...toFamilies.flat(), ...toOffices];
};
