import type { Alert } from './alert.ts';
import type { Deliveries } from './deliveries.ts';
import type { Case, CaseChange, CaseStore } from './case.ts';
import type { Actor, CaseEvent, CaseEventDetail } from './case-event.ts';
import { onAlert } from './case-event.ts';
import type { Link } from './links.ts';
import { keptMs, toldOf } from './office-drill.ts';
import type { Clock } from '../clock.ts';
import { untilItHolds } from '../hold-still.ts';
import type { Consulate } from '../offices/consulate.ts';
import type { AlertState, CaseRefusal } from '../vocabulary.ts';

export type CaseOutcome =
  | { readonly kind: 'done'; readonly case: Case }
  | { readonly kind: 'not-found' }
  /** The state does not allow it; `state` is the one that the caller may know of. */
  | { readonly kind: 'refused'; readonly state: AlertState; readonly reason: CaseRefusal }
  | { readonly kind: 'unknown-consulate' };

export type ChangeCaseDeps = {
  readonly cases: Pick<CaseStore, 'read' | 'apply'>;
  readonly now: Clock;
  readonly newId: () => string;
  /** How long a closed case is kept. */
  readonly retentionMs: number;
  /** Open offices only may take a case. */
  readonly openConsulateById: (id: string) => Consulate | undefined;
  readonly openConsulates: readonly Consulate[];
};

/** What one action does to a case. */
export type Step = Pick<CaseChange, 'set' | 'remove' | 'listing' | 'endsFamilyView' | 'roster'> & {
  readonly detail: CaseEventDetail;
  readonly deliveries: Deliveries;
  /** What else happened by it, told to others; after it on the timeline. */
  readonly also?: readonly { readonly detail: CaseEventDetail; readonly deliveries: Deliveries }[];
  /** How long the case is kept from now on; absent: as before. */
  readonly keepMs?: number;
};

/** When the case is forgotten after this change; what is added to a closed case goes with the rest of it. */
const forgetting = (
  { retentionMs }: ChangeCaseDeps,
  { alert, events }: Case,
  now: Date,
  keepMs: number | undefined,
): Pick<CaseChange, 'forget'> => {
  if (keepMs !== undefined)
    return { forget: { at: new Date(now.getTime() + keptMs(alert, keepMs)), timeline: events } };
  if (alert.closedAt === undefined) return {};
  return { forget: { at: new Date(Date.parse(alert.closedAt) + keptMs(alert, retentionMs)), timeline: [] } };
};

/** Whether this entry says that whoever has only seen the case attends to it: one of their own, or of the ministry. */
const isAttendedBy = ({ seenOnly, consulate }: Case['alert'], by: Actor): boolean =>
  seenOnly === true && by.kind === 'officer' && (by.officeId === 'ministry' || by.officeId === consulate?.id);

type Written = Pick<CaseChange, 'set' | 'remove' | 'presses' | 'listing' | 'endsFamilyView' | 'roster'>;

/**
 * An officer's entry answers all that was pressed before it: the further presses have the state of the case. Only a case
 * that still nobody has goes on counting since when.
 */
const entering = (alert: Alert, by: Actor, { set, remove = [], ...step }: Written, now: Date): Written => {
  const { pressedAgain = [], untakenSince } = alert;
  const state = set.state ?? alert.state;
  const gone = [
    ...remove,
    ...(untakenSince === undefined || state === 'raised' ? [] : (['untakenSince'] as const)),
    ...(isAttendedBy(alert, by) ? (['seenOnly'] as const) : []),
  ];
  return {
    ...step,
    set: { ...set, lastEntryAt: now.toISOString() },
    // What the step itself sets stays: DynamoDB takes no update that sets and removes one attribute.
    remove: [...new Set(gone)].filter((name) => !(name in set)),
    presses: pressedAgain.map(({ alertId }) => ({ alertId, set: { state } })),
  };
};

/** The step as what is written. */
const changeOf = (
  deps: ChangeCaseDeps,
  current: Case,
  by: Actor,
  { detail, deliveries, also = [], keepMs, ...step }: Step,
  now: Date,
): CaseChange => {
  const { alert } = current;
  const eventId = `${now.toISOString()}.${deps.newId()}`;
  const events = [{ detail, deliveries }, ...also].map((one, index): CaseEvent => ({
    ...onAlert(alert, now),
    // The timeline is in the order of ids.
    eventId: index === 0 ? eventId : `${eventId}.${index}`,
    by,
    deliveries: toldOf(alert, one.deliveries),
    ...one.detail,
  }));
  const entry = by.kind === 'officer' ? entering(alert, by, step, now) : step;
  return { alert, ...entry, events, ...forgetting(deps, current, now, keepMs) };
};

/**
 * Decides on the case as it stands, and again when somebody else has changed it meanwhile.
 *
 * @param decide gets the time of its event: what a step writes of its time is found by that again
 */
export const decideOnCase = async <R extends { readonly kind: string }>(
  deps: ChangeCaseDeps,
  { familyId, alertId }: Pick<Link, 'familyId' | 'alertId'>,
  by: Actor,
  decide: (current: Case, now: Date) => Step | R | Promise<Step | R>,
): Promise<CaseOutcome | R> => {
  const read = async () => deps.cases.read(familyId, alertId);
  const held = await untilItHolds<Case, CaseOutcome | R>(await read(), read, async (current) => {
    const now = deps.now();
    const step = await decide(current, now);
    if ('kind' in step) return step;
    if ((await deps.cases.apply(changeOf(deps, current, by, step, now))) === 'conflict') return 'conflict';
    const after = await read();
    return after ? { kind: 'done', case: after } : { kind: 'not-found' };
  });
  switch (held.kind) {
    case 'settled':
      return held.result;
    case 'gone':
      return { kind: 'not-found' };
    case 'did-not-hold-still':
      return { kind: 'refused', state: held.last.alert.state, reason: 'busy' };
  }
};
