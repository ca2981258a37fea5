import { type Alert, isHiddenFromDevices } from '../domain/case/alert.ts';
import type { CaseEvent } from '../domain/case/case-event.ts';
import { type Case, type CaseStore, alertAfter } from '../domain/case/case.ts';
import type { Clock } from '../domain/clock.ts';
import type { FamilyDirectory } from '../domain/family/family-directory.ts';
import { untilItHolds, DidNotHoldStillError } from '../domain/hold-still.ts';
import { type NumbersStore, type ZoneOf, numbersOf } from '../domain/numbers/case-numbers.ts';
import { type AskDeps, nextOfferAt } from '../domain/representatives/ask.ts';
import { mindOffers } from '../domain/representatives/mind-offers.ts';
import { isBusyWith } from '../domain/representatives/offer.ts';
import type { RosterLoads } from '../domain/representatives/representative.ts';

export type FollowCaseDeps = {
  readonly cases: Pick<CaseStore, 'read' | 'apply'>;
  readonly families: Pick<FamilyDirectory, 'recordSeizedDevice'>;
  readonly now: Clock;
  readonly numbers: Pick<NumbersStore, 'count'>;
  readonly rosters: AskDeps['rosters'] & RosterLoads;
  readonly zoneOf: ZoneOf;
};

/** What the search for a representative came to. `nextAtMs`: when to look again; absent: never. */
export type Followed = { readonly events: readonly CaseEvent[]; readonly nextAtMs: number | undefined };

/** After these somebody of a roster has more to do, or less. */
const changesLoads: ReadonlySet<CaseEvent['type']> = new Set([
  'representative.offered.v1',
  'representative.declined.v1',
  'representative.lapsed.v1',
  'representative.done.v1',
  'alert.representative-assigned.v1',
  'alert.closed.v1',
  'alert.cancelled.v1',
  'alert.cancelled-under-duress.v1',
  'alert.reopened.v1',
]);

/**
 * Who still has to do something for the case. Written here and not where it is closed: a PIN closes a case, and must not
 * write more than the duress PIN.
 */
const recordLoads = async (
  { rosters }: FollowCaseDeps,
  { familyId, alertId, state, offers = [] }: Alert,
  event: CaseEvent | undefined,
): Promise<void> => {
  if (!event || !changesLoads.has(event.type) || offers.length === 0) return;
  const loads = offers.map(({ officeId, representativeId, ...offer }) => ({
    officeId,
    representativeId,
    open: state !== 'closed' && isBusyWith(offer),
  }));
  await rosters.record({ familyId, alertId }, loads);
};

/** After a real press the phone is considered seized for good. The press itself says so while it is kept; this outlives it. */
const rememberSeizure = async ({ families }: FollowCaseDeps, { alert, family }: Case): Promise<void> => {
  const { drill, deviceId, familyId } = alert;
  if (drill || isHiddenFromDevices(alert) || family.seizedDevices?.has(deviceId) === true) return;
  await families.recordSeizedDevice(familyId, deviceId);
};

/** Takes what is due of the search for a representative, on the case as it is by now. */
const stepOffers = async (
  deps: FollowCaseDeps,
  first: Case,
): Promise<{ readonly found: Case; readonly events: readonly CaseEvent[] } | undefined> => {
  const { familyId, alertId } = first.alert;
  const held = await untilItHolds<Case, { found: Case; events: readonly CaseEvent[] }>(
    first,
    async () => deps.cases.read(familyId, alertId),
    async (current) => {
      const step = await mindOffers(deps, current, deps.now());
      if (!step) return { found: current, events: [] };
      if ((await deps.cases.apply(step)) === 'conflict') return 'conflict';
      const found = { ...current, alert: alertAfter(step), events: [...current.events, ...step.events] };
      return { found, events: step.events };
    },
  );
  if (held.kind === 'did-not-hold-still') throw new DidNotHoldStillError('The case did not hold still for its offers.');
  return held.kind === 'settled' ? held.result : undefined;
};

/**
 * What follows from each event of a case, a minute later, and what fails is due again: the phone that pressed counts as
 * seized, the next representative is asked, and the case is counted as it is by now, whole. Here and not where somebody
 * waits for an answer: what is counted differs between the PINs.
 */
export const followCase = async (
  deps: FollowCaseDeps,
  ref: Pick<Alert, 'familyId' | 'alertId'>,
  event: CaseEvent | undefined,
): Promise<Followed> => {
  const read = await deps.cases.read(ref.familyId, ref.alertId);
  const followed = read && (await stepOffers(deps, read));
  if (!followed) return { events: [], nextAtMs: undefined };
  const { found, events } = followed;
  if (!event) await rememberSeizure(deps, found);
  await recordLoads(deps, found.alert, event);
  const counted = numbersOf(found, deps.zoneOf);
  if (counted) await deps.numbers.count({ ...ref, month: found.alert.raisedAt.slice(0, 7) }, counted);
  return { events, nextAtMs: nextOfferAt(found.alert) };
};
