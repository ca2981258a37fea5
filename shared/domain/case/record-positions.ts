import type { Alert } from './alert.ts';
import type { DeliveryKey } from './deliveries.ts';
import { inCharge, isFamilysAlone, isHiddenFromDevices, toldOffices } from './alert.ts';
import { positionFactsOf } from './alert-position.ts';
import { authorityKeys, pendingTo } from './deliveries.ts';
import { onAlert } from './case-event.ts';
import type { CaseChange, CaseStore } from './case.ts';
import type { ChooseConsulateFacts, ChosenConsulate } from '../offices/choose-consulate.ts';
import type { Clock } from '../clock.ts';
import type { AssignedConsulate, Consulate } from '../offices/consulate.ts';
import { metersToNearest } from '../offices/nearest-consulates.ts';
import { defined } from '../defined.ts';
import { DidNotHoldStillError, untilItHolds } from '../hold-still.ts';
import { maximumClockSkewMs } from '../limits.ts';
import type { Position, PositionFacts, TrackPoint } from '../position.ts';
import { isUsable, trustOf } from '../position.ts';
import { movedTo, moveOf } from './position-moved.ts';
import type { DeviceDirectory, DeviceToken } from '../press/device.ts';
import type { CaseHeads } from './join-case.ts';
import { headOf } from './join-case.ts';
import type { AlertReader } from './read-alert.ts';
import { isViewOver } from './read-alert.ts';

export type TrackReader = {
  /** Newest first, strongly consistent. */
  newest(ref: Pick<Alert, 'familyId' | 'alertId'>, limit: number): Promise<readonly TrackPoint[]>;
};

export type TrackStore = {
  /**
   * Adds points, at least one, of each stretch of time the newest (`trackSlot`); keeps `last` on the alert unless a newer
   * one is there. A point that is there already is harmless.
   * @returns the one that is on the alert then, which may have come in an earlier batch; without `last` nothing
   */
  add(
    alert: Pick<Alert, 'familyId' | 'alertId' | 'raisedAt'>,
    points: readonly TrackPoint[],
    last: TrackPoint | undefined,
  ): Promise<TrackPoint | undefined>;
};

export type RecordPositionsDeps = {
  readonly devices: DeviceDirectory;
  readonly alerts: Pick<AlertReader, 'get'>;
  readonly cases: Pick<CaseStore, 'apply'>;
  readonly heads: CaseHeads;
  readonly track: TrackStore;
  readonly chooseConsulate: (facts: ChooseConsulateFacts) => Promise<ChosenConsulate>;
  readonly openConsulates: readonly Consulate[];
  readonly now: Clock;
  readonly newId: () => string;
  readonly retentionMs: number;
};

export type FollowDeps = Omit<RecordPositionsDeps, 'devices' | 'heads'>;

export type RecordPositionsOutcome =
  | { readonly kind: 'recorded'; readonly alert: Alert; readonly located?: AssignedConsulate }
  | { readonly kind: 'unknown-device' }
  | { readonly kind: 'not-found' };

/**
 * Each position with a time. If the phone sent none, or one ahead of our clock, the time is now: otherwise one wrong time
 * would be the newest for years. Such positions are a millisecond apart, in the order of the phone's times and of the
 * batch, because the time is the key.
 */
const timed = (positions: readonly Position[], now: Date): readonly TrackPoint[] => {
  const latest = new Date(now.getTime() + maximumClockSkewMs).toISOString();
  const known = positions.flatMap(({ measuredAt, ...position }) =>
    measuredAt !== undefined && measuredAt <= latest ? [{ ...position, measuredAt }] : [],
  );
  const unclear = positions
    .filter(({ measuredAt }) => measuredAt === undefined || measuredAt > latest)
    .toSorted((a, b) => (a.measuredAt ?? '').localeCompare(b.measuredAt ?? ''))
    .toReversed()
    .map((position, index) => ({ ...position, measuredAt: new Date(now.getTime() - index).toISOString() }));
  return [...known, ...unclear];
};

/**
 * Whether a position may still decide the office: no trusted one has, no officer has the case or gives it away, nobody has
 * cancelled, and it is no drill.
 * After a cancellation with either PIN nothing more is decided here, so that both take the same time (G7); officers see
 * the positions.
 */
const mayLocate = (alert: Alert, facts: PositionFacts): boolean =>
  !isFamilysAlone(alert) &&
  alert.state === 'raised' &&
  !alert.handOver &&
  !alert.deviceView &&
  trustOf(alert.position, facts).kind !== 'trusted';

/**
 * The point of a batch that says where the phone is: the newest trusted one. An untrusted one does only where there is
 * nothing better, neither a home nor a place before.
 */
const pointToUse = (alert: Alert, batch: readonly TrackPoint[], facts: PositionFacts): TrackPoint | undefined => {
  const newestFirst = batch.toSorted((a, b) => b.measuredAt.localeCompare(a.measuredAt));
  const trusted = newestFirst.find((point) => trustOf(point, facts).kind === 'trusted');
  if (trusted) return trusted;
  const isBetterKnown = [facts.homePosition, alert.position, alert.lastPosition].some(isUsable);
  return isBetterKnown ? undefined : newestFirst[0];
};

type Located = Pick<Extract<ChosenConsulate, { kind: 'chosen' }>, 'assigned' | 'twoOffices'>;

/**
 * Whom a new place is told. If the office in charge stays the same, it sees the position on its page, and nobody else has
 * to act, unless another is found to be nearer.
 */
const audienceOf = (stays: boolean, atOnce: readonly string[], told: readonly string[]): readonly DeliveryKey[] => {
  if (!stays) return ['family', ...authorityKeys([...told, ...atOnce])];
  return atOnce.every((id) => told.includes(id)) ? [] : authorityKeys(atOnce);
};

const locatedAt = (
  { now, newId }: FollowDeps,
  alert: Alert,
  position: Position,
  { assigned, twoOffices }: Located,
): CaseChange => {
  const previous = alert.consulate?.id;
  const moment = now();
  const told = toldOffices(alert);
  const atOnce = [assigned.id, ...(twoOffices ? [twoOffices.nearest.id] : [])];
  const offices = [...new Set([...told, ...atOnce])];
  return {
    alert,
    set: {
      position,
      ...inCharge(alert, assigned, { handedOver: false }),
      toldConsulates: offices,
      ...defined({ twoOffices }),
    },
    ...(!twoOffices && { remove: ['twoOffices'] }),
    events: [
      {
        ...onAlert(alert, moment),
        eventId: `located.${moment.toISOString()}.${newId()}`,
        type: 'alert.located.v1',
        cause: 'position',
        by: { kind: 'person' },
        consulate: assigned,
        ...defined({ previous, twoOffices }),
        deliveries: pendingTo(audienceOf(previous === assigned.id, atOnce, told)),
      },
    ],
  };
};

/**
 * The first trusted position decides the office again (G5), even when something else happens to the case at the same
 * moment: the phone may never send another.
 * @throws {DidNotHoldStillError} the phone sends it again
 */
const locate = async (
  deps: FollowDeps,
  found: Alert,
  position: Position,
  facts: PositionFacts,
): Promise<AssignedConsulate | undefined> => {
  const { pressedAt, homePosition } = facts;
  const chosen = await deps.chooseConsulate({ consularNotification: true, position, homePosition, pressedAt });
  if (chosen.kind !== 'chosen' || chosen.assigned.id === 'ministry') return undefined;
  const readAgain = async () => deps.alerts.get(found.familyId, found.alertId);
  const held = await untilItHolds(found, readAgain, async (alert) => {
    if (!mayLocate(alert, facts)) return undefined;
    const applied = await deps.cases.apply(locatedAt(deps, alert, position, chosen));
    return applied === 'conflict' ? applied : chosen.assigned;
  });
  if (held.kind === 'did-not-hold-still') {
    throw new DidNotHoldStillError('The case did not hold still for its position.');
  }
  return held.kind === 'settled' ? held.result : undefined;
};

/**
 * Tells officers of a move. If two batches come at once, one tells, and the other is decided after that.
 * @throws {DidNotHoldStillError} the phone sends it again. Of a cancelled case the phone hears nothing of that (G7); a
 * later position tells
 */
const announceMove = async (
  deps: FollowDeps,
  found: Alert,
  newest: TrackPoint,
  facts: PositionFacts,
): Promise<void> => {
  const readAgain = async () => deps.alerts.get(found.familyId, found.alertId);
  const held = await untilItHolds(found, readAgain, async (alert) => {
    const now = deps.now();
    const move = moveOf(alert, newest, now, facts);
    const applied = move && (await deps.cases.apply(movedTo({ ...deps, now }, alert, move)));
    return applied === 'conflict' ? applied : undefined;
  });
  if (held.kind === 'did-not-hold-still' && !held.last.deviceView) {
    throw new DidNotHoldStillError('The case did not hold still for its position.');
  }
};

/** Keeps positions of a case's phone; they decide its office, or tell of a move. */
const follow = async (
  deps: FollowDeps,
  alert: Alert,
  homePosition: Position | undefined,
  positions: readonly Position[],
): Promise<{ readonly located?: AssignedConsulate }> => {
  const points = timed(positions.filter(isUsable), deps.now());
  if (points.length === 0) return {};
  // An older batch that comes late must not send anybody to a former place.
  const facts = positionFactsOf(alert, homePosition, metersToNearest(deps.openConsulates));
  const point = await deps.track.add(alert, points, pointToUse(alert, points, facts));
  if (!point) return {};
  const located = mayLocate(alert, facts) ? await locate(deps, alert, point, facts) : undefined;
  if (!located) await announceMove(deps, alert, point, facts);
  return defined({ located });
};

export const recordPositions = async (
  deps: RecordPositionsDeps,
  token: DeviceToken,
  alertId: string,
  positions: readonly Position[],
): Promise<RecordPositionsOutcome> => {
  const [device, alert] = await Promise.all([
    deps.devices.authenticate(token),
    deps.alerts.get(token.familyId, alertId),
  ]);
  if (!device) return { kind: 'unknown-device' };
  if (!alert || isHiddenFromDevices(alert)) return { kind: 'not-found' };
  if (alert.deviceView && isViewOver(alert.deviceView, deps.now())) return { kind: 'not-found' };

  const head = await headOf(deps, alert);
  if (!head) return { kind: 'not-found' };
  return { kind: 'recorded', alert: head, ...(await follow(deps, head, device.homePosition, positions)) };
};

/**
 * A position that came with a press, as if the phone had sent it after the press that began the case. That of a further
 * press counts for the case only if it is trusted. The same twice does no harm.
 */
export const followPress = async (
  deps: FollowDeps,
  press: Alert,
  headAlertId: string,
  from: { readonly homePosition: Position | undefined; readonly point: TrackPoint },
): Promise<void> => {
  const { homePosition, point } = from;
  const facts = positionFactsOf(press, homePosition, metersToNearest(deps.openConsulates));
  if (press.alertId !== headAlertId && trustOf(point, facts).kind !== 'trusted') return;
  // Read now: what came with it may just have changed the case.
  const head = await deps.alerts.get(press.familyId, headAlertId);
  if (head) await follow(deps, head, homePosition, [point]);
};
