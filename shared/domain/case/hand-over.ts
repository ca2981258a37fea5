import type { Alert } from './alert.ts';
import type { Deliveries } from './deliveries.ts';
import { inCharge, othersTold, toldOffices } from './alert.ts';
import { placeOf } from './alert-position.ts';
import { authorityKeys, officeKeys, pendingTo, relativesOf } from './deliveries.ts';
import type { CaseEventDetail, CaseEventOf } from './case-event.ts';
import { onAlert } from './case-event.ts';
import type { Case } from './case.ts';
import type { CaseOutcome, ChangeCaseDeps, Step } from './change-case.ts';
import { defined } from '../defined.ts';
import type { Family } from '../family/family.ts';
import { handOverMinistryAfterMs } from '../limits.ts';
import type { AssignedConsulate, Consulate } from '../offices/consulate.ts';
import { distanceMeters } from '../offices/distance.ts';
import { metersToNearest } from '../offices/nearest-consulates.ts';
import type { HandOverEnding } from '../vocabulary.ts';

/** What is kept of a hand-over while it waits for a person at the receiving office. */
type HandOver = NonNullable<Alert['handOver']>;

/** Who acts, an office's id or `ministry`, and when: the time of the event that is written. */
export type Acting = { readonly acting: string; readonly now: Date };

/** An office that people chose: as it was found for the place, else with its distance as far as one is known. */
export const assignedBy = (
  { openConsulates }: Pick<ChangeCaseDeps, 'openConsulates'>,
  alert: Alert,
  family: Family,
  office: Consulate,
): AssignedConsulate => {
  const { twoOffices } = alert;
  const found = [twoOffices?.responsible, twoOffices?.nearest].find((each) => each?.id === office.id);
  if (found) return found;
  const place = placeOf(alert, family, metersToNearest(openConsulates));
  return {
    id: office.id,
    distanceMeters: place ? Math.round(distanceMeters(place, office)) : null,
    basis: 'great-circle',
  };
};

/** Whether a person of this office would take the case by acting on it. */
export const isReceiver = (officeId: string, { handOver }: Pick<Alert, 'handOver'>): boolean =>
  handOver?.to.id === officeId;

/** Who waits with a hand-over: the giver, who is in charge, and the receiver; the ministry if it has the case. */
export const bothOffices = ({ consulate }: Pick<Alert, 'consulate'>, { to }: HandOver): readonly string[] => [
  ...(consulate ? [consulate.id] : []),
  to.id,
];

const toOffices = (ids: readonly string[], acting: string): Deliveries =>
  pendingTo(officeKeys(ids.filter((id) => id !== acting)));

/** The end of a hand-over that nobody took, told to those who knew of it. */
const endOf = (
  alert: Alert,
  handOver: HandOver,
  why: HandOverEnding,
  { now, acting }: Acting,
): { readonly detail: CaseEventDetail; readonly deliveries: Deliveries } => {
  const hasMinistryHeard = now.getTime() >= Date.parse(handOver.at) + handOverMinistryAfterMs;
  return {
    detail: { type: 'alert.hand-over-ended.v1', receiver: handOver.to, askedAt: handOver.at, why },
    deliveries: toOffices([...bothOffices(alert, handOver), ...(hasMinistryHeard ? ['ministry'] : [])], acting),
  };
};

/**
 * Gives the case to another office. The giver stays in charge until a person there acts, and until then nobody else
 * hears of it. One that waits already is taken back by that: the wrong line of the list is mended by choosing again.
 */
export const askToTake = (
  deps: ChangeCaseDeps,
  { alert, family }: Case,
  { acting, now }: Acting,
  { consulateId, note }: { readonly consulateId: string; readonly note?: string },
): Step | Exclude<CaseOutcome, { kind: 'done' }> => {
  const { state, handOver: before } = alert;
  const office = deps.openConsulateById(consulateId);
  if (!office) return { kind: 'unknown-consulate' };
  if (alert.consulate?.id === consulateId) return { kind: 'refused', state, reason: 'already-in-charge' };
  if (isReceiver(consulateId, alert)) return { kind: 'refused', state, reason: 'already-handed-over' };
  const to = assignedBy(deps, alert, family, office);
  const from = alert.consulate?.id;
  const handOver = { to, at: now.toISOString() };
  return {
    set: { handOver, toldConsulates: [...new Set([...toldOffices(alert), consulateId])] },
    detail: { type: 'alert.hand-over-asked.v1', receiver: to, ...defined({ from, note }) },
    deliveries: toOffices(bothOffices(alert, handOver), acting),
    // The giver reads of the new one.
    ...(before && {
      also: [{ ...endOf(alert, before, 'taken-back', { now, acting }), deliveries: toOffices([before.to.id], acting) }],
    }),
  };
};

/** The giver keeps the case after all. */
export const takeBack = (alert: Alert, handOver: HandOver, by: Acting): Step => ({
  set: {},
  remove: ['handOver'],
  ...endOf(alert, handOver, 'taken-back', by),
});

/** A person at the receiver has acted: the office has the case from now on, and everybody hears. */
export const accepted = (
  alert: Alert,
  { to }: HandOver,
  { officer, now, tellFamily }: { readonly officer: string; readonly now: Date; readonly tellFamily: boolean },
  { detail, deliveries, ...step }: Step,
): Step => ({
  ...step,
  set: {
    // A case that the person cancelled before anybody took it, and that was opened again.
    ...(alert.acknowledgedAt === undefined && { acknowledgedAt: now.toISOString() }),
    ...step.set,
    ...inCharge(alert, to, { handedOver: true }),
    acknowledgedBy: officer,
    acknowledgedOfficeId: to.id,
  },
  remove: [...(step.remove ?? []), 'handOver'],
  detail: {
    type: 'alert.located.v1',
    cause: 'hand-over',
    consulate: to,
    ...defined({ previous: alert.consulate?.id }),
  },
  deliveries: pendingTo([...(tellFamily ? relativesOf(alert) : []), ...authorityKeys(othersTold(alert, to.id))]),
  also: [{ detail, deliveries }],
});

/**
 * Nobody is subscribed at the office that a hand-over was brought to: it ends, and the giver and the ministry hear.
 * `undefined`: it has ended or changed meanwhile.
 */
export const handOverUnreachable = (
  alert: Alert,
  asked: CaseEventOf<'alert.hand-over-asked.v1'>,
  now: Date,
): CaseEventOf<'alert.hand-over-ended.v1'> | undefined => {
  const { handOver, state } = alert;
  if (state === 'closed' || handOver?.at !== asked.at || handOver.to.id !== asked.receiver.id) return undefined;
  const giver = alert.consulate ? [alert.consulate.id] : [];
  return {
    ...onAlert(alert, now),
    // Follows from its cause, so that there is one.
    eventId: `hand-over-unreachable.${asked.eventId}`,
    by: { kind: 'system' },
    type: 'alert.hand-over-ended.v1',
    receiver: asked.receiver,
    askedAt: asked.at,
    why: 'unreachable',
    deliveries: pendingTo(officeKeys([...giver, 'ministry'])),
  };
};
