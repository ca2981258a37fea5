import type { Alert, AlertState, DeliveryKey, Deliveries, Disposition } from './alert.ts';
import { toldOffices } from './alert.ts';
import type { Actor, CaseEvent, CaseEventDetail } from './case-event.ts';
import type { CaseAction } from './case-states.ts';
import { caseStates } from './case-states.ts';
import type { Clock } from '../clock.ts';
import type { AssignedConsulate, Consulate } from '../offices/consulate.ts';
import { distanceMeters } from '../offices/distance.ts';
import type { Family } from '../family/family.ts';
import { alertRetentionMs } from '../limits.ts';
import type { Link, LinkRecipient } from './links.ts';
import { isUsable } from '../position.ts';
import type { CaseRefusal } from '../vocabulary.ts';

export type { CaseRefusal } from '../vocabulary.ts';

/** A case with everything that its pages show. */
export type Case = { readonly alert: Alert; readonly events: readonly CaseEvent[]; readonly family: Family };

/** What changes with an event: fields to set and fields to take away. */
export type CaseChange = {
  /** As it was read: the write is conditional on its `revision`. */
  readonly alert: Alert;
  readonly set: Partial<Omit<Alert, 'familyId' | 'alertId' | 'revision' | 'deliveries'>>;
  readonly remove?: readonly ('disposition' | 'closedAt')[];
  /** At least one; each is put as an item of its own. */
  readonly events: readonly CaseEvent[];
  /** When the events of this change are forgotten; absent: with the case. */
  readonly forgetEventsAt?: Date;
  /** When the whole case is forgotten from now on; absent: as before. */
  readonly forget?: { readonly at: Date; readonly timeline: readonly CaseEvent[] };
};

/** The durable record of cases. */
export type CaseStore = {
  /** Strongly consistent. @returns `undefined` when it is gone, or its family is */
  read(familyId: string, alertId: string): Promise<Case | undefined>;
  /** Writes change and events in one transaction. `conflict`: somebody else changed the case since it was read. */
  apply(change: CaseChange): Promise<'applied' | 'conflict'>;
};

/** What an officer does, parsed. */
export type OfficerAction =
  | { readonly action: 'acknowledge'; readonly officer: string }
  | { readonly action: 'state'; readonly to: AlertState; readonly facility?: string; readonly note?: string }
  | { readonly action: 'note'; readonly text: string }
  | { readonly action: 'representative'; readonly name: string; readonly phone: string }
  | { readonly action: 'hand-over'; readonly consulateId: string; readonly note?: string }
  | { readonly action: 'close'; readonly disposition: Disposition; readonly note?: string }
  | { readonly action: 'reopen' };

export type CaseOutcome =
  | { readonly kind: 'done'; readonly case: Case }
  | { readonly kind: 'not-found' }
  /** The state does not allow it; `state` is the one that the caller may know of. */
  | { readonly kind: 'refused'; readonly state: AlertState; readonly reason: CaseRefusal }
  | { readonly kind: 'unknown-consulate' };

export type ChangeCaseDeps = {
  readonly cases: CaseStore;
  readonly now: Clock;
  readonly newId: () => string;
  /** How long a closed case is kept. */
  readonly retentionMs: number;
  /** Open offices only may take a case. */
  readonly openConsulateById: (id: string) => Consulate | undefined;
};

/** An office may see the cases that it was told of, the ministry all; never one that the person kept from them. */
export const mayOpen = (recipient: LinkRecipient, alert: Alert): boolean =>
  alert.consularNotification &&
  (recipient.kind === 'ministry' || (recipient.kind === 'consulate' && toldOffices(alert).includes(recipient.id)));

// What an office that was told may do although another is in charge: take a case that nobody has taken, add what it
// knows, and open again what was closed wrongly.
const openToAllTold: ReadonlySet<CaseAction> = new Set(['acknowledge', 'note', 'reopen']);

/**
 * What the holder of a link can do now: what the state allows to the office in charge and the ministry. An office that
 * handed the case over goes on reading it.
 */
export const allowedActions = (recipient: LinkRecipient, alert: Alert): readonly CaseAction[] => {
  if (!mayOpen(recipient, alert)) return [];
  const { actions } = caseStates[alert.state];
  const inCharge =
    recipient.kind === 'ministry' || (recipient.kind === 'consulate' && recipient.id === alert.consulate?.id);
  return inCharge ? actions : actions.filter((action) => openToAllTold.has(action));
};

const pending = { status: 'pending' } as const;
const to = (keys: readonly DeliveryKey[]): Deliveries => Object.fromEntries(keys.map((key) => [key, pending]));

/**
 * Whom an event is told. Nothing more is told to the family once the person was forced to cancel: a captor may be
 * reading with them (G7).
 */
const audience = (
  alert: Alert,
  options: {
    readonly family?: boolean;
    readonly offices?: 'others' | 'all';
    readonly acting?: string;
    readonly also?: string;
  },
): Deliveries => {
  const offices = options.offices === undefined ? [] : toldOffices(alert);
  const named = [...offices, ...(options.also === undefined ? [] : [options.also])].filter(
    (id) => id !== 'ministry' && (id !== options.acting || options.offices === 'all'),
  );
  return to([
    ...(options.family === true && alert.duress !== true ? (['family'] as const) : []),
    ...[...new Set(named)].map((id) => `consulate:${id}` as const),
    'ministry',
  ]);
};

/** Who acknowledges has the case, also when it had passed on to another office meanwhile. */
const takeOver = (
  deps: ChangeCaseDeps,
  alert: Alert,
  family: Family,
  acting: string,
): Pick<Alert, 'consulate' | 'toldConsulates'> | undefined => {
  const office = acting === 'ministry' || acting === alert.consulate?.id ? undefined : deps.openConsulateById(acting);
  return office && { consulate: assignedBy(alert, family, office), toldConsulates: toldOffices(alert) };
};

/** An office that people chose, with its distance as far as one is known. */
const assignedBy = (alert: Alert, family: Family, office: Consulate): AssignedConsulate => {
  const place = [alert.position, family.person.homePosition].find(isUsable);
  return {
    id: office.id,
    distanceMeters: place ? Math.round(distanceMeters(place, office)) : 0,
    basis: 'great-circle',
  };
};

type Step = Pick<CaseChange, 'set' | 'remove'> & {
  readonly detail: CaseEventDetail;
  readonly deliveries: Deliveries;
  /** So long the case is kept from now on; absent: as before. */
  readonly keepMs?: number;
};
type Refused = Exclude<CaseOutcome, { kind: 'done' }>;

const handOver = (
  deps: ChangeCaseDeps,
  alert: Alert,
  family: Family,
  acting: string,
  { consulateId, note }: Extract<OfficerAction, { action: 'hand-over' }>,
): Step | Refused => {
  const office = deps.openConsulateById(consulateId);
  if (!office) return { kind: 'unknown-consulate' };
  if (alert.consulate?.id === consulateId) return { kind: 'refused', state: alert.state, reason: 'already-in-charge' };
  const consulate = assignedBy(alert, family, office);
  return {
    set: { consulate, toldConsulates: [...new Set([...toldOffices(alert), consulateId])] },
    detail: {
      type: 'alert.located.v1',
      cause: 'hand-over',
      consulate,
      ...(alert.consulate && { previous: alert.consulate.id }),
      ...(note !== undefined && { note }),
    },
    deliveries: audience(alert, { family: true, offices: 'others', acting, also: consulateId }),
  };
};

const stepOf = (
  deps: ChangeCaseDeps,
  { alert, family }: Case,
  acting: string,
  action: OfficerAction,
): Step | Refused => {
  const at = deps.now().toISOString();
  switch (action.action) {
    case 'acknowledge':
      return {
        set: {
          state: 'acknowledged',
          acknowledgedAt: at,
          acknowledgedBy: action.officer,
          ...takeOver(deps, alert, family, acting),
        },
        detail: { type: 'alert.acknowledged.v1', officer: action.officer },
        deliveries: audience(alert, { family: true, offices: 'others', acting }),
      };
    case 'state': {
      const { action: _, ...change } = action;
      if (!caseStates[alert.state].next.includes(action.to)) {
        return { kind: 'refused', state: alert.state, reason: 'state-not-reachable' };
      }
      return {
        set: { state: action.to, ...(action.facility !== undefined && { facility: action.facility }) },
        detail: { type: 'alert.state-changed.v1', from: alert.state, ...change },
        deliveries: audience(alert, { family: true }),
      };
    }
    case 'note':
      return { set: {}, detail: { type: 'alert.noted.v1', text: action.text }, deliveries: {} };
    case 'representative': {
      const { name, phone } = action;
      return {
        set: { representative: { name, phone, assignedAt: at } },
        detail: { type: 'alert.representative-assigned.v1', name, phone },
        deliveries: audience(alert, { family: true }),
      };
    }
    case 'hand-over':
      return handOver(deps, alert, family, acting, action);
    case 'close': {
      const { action: _, ...closing } = action;
      return {
        set: { state: 'closed', disposition: action.disposition, closedAt: at },
        keepMs: deps.retentionMs,
        detail: { type: 'alert.closed.v1', ...closing },
        deliveries: audience(alert, { family: true, offices: 'others', acting }),
      };
    }
    case 'reopen':
      return {
        set: { state: 'acknowledged' },
        remove: ['disposition', 'closedAt'],
        keepMs: alertRetentionMs,
        detail: { type: 'alert.reopened.v1' },
        deliveries: audience(alert, { family: true, offices: 'others', acting }),
      };
  }
};

/** When the case is forgotten after this change; what is added to a closed case goes with the rest of it. */
const forgetting = (
  { retentionMs }: ChangeCaseDeps,
  { alert, events }: Case,
  now: Date,
  keepMs: number | undefined,
): Pick<CaseChange, 'forget'> => {
  if (keepMs !== undefined) return { forget: { at: new Date(now.getTime() + keepMs), timeline: events } };
  if (alert.closedAt === undefined) return {};
  return { forget: { at: new Date(Date.parse(alert.closedAt) + retentionMs), timeline: [] } };
};

// Each round reads afresh, so more than a few mean that many are at the same case in the same second.
const maximumTries = 5;

/** Decides on the case as it stands, and again when somebody else has changed it meanwhile. */
export const changeCase = async <R extends { readonly kind: string }>(
  deps: ChangeCaseDeps,
  link: Pick<Link, 'familyId' | 'alertId'>,
  by: Actor,
  decide: (current: Case) => Step | R,
): Promise<CaseOutcome | R> => {
  for (let tries = 1; ; tries += 1) {
    const current = await deps.cases.read(link.familyId, link.alertId);
    if (!current) return { kind: 'not-found' };
    const step = decide(current);
    if ('kind' in step) return step;
    const { alert } = current;
    const now = deps.now();
    const at = now.toISOString();
    const event: CaseEvent = {
      familyId: alert.familyId,
      alertId: alert.alertId,
      eventId: `${at}.${deps.newId()}`,
      at,
      by,
      drill: alert.drill,
      deliveries: step.deliveries,
      ...step.detail,
    };
    const { set, remove, keepMs } = step;
    const applied = await deps.cases.apply({
      alert,
      set,
      ...(remove && { remove }),
      events: [event],
      ...forgetting(deps, current, now, keepMs),
    });
    if (applied === 'applied') {
      const after = await deps.cases.read(link.familyId, link.alertId);
      return after ? { kind: 'done', case: after } : { kind: 'not-found' };
    }
    if (tries >= maximumTries) return { kind: 'refused', state: alert.state, reason: 'busy' };
  }
};

/**
 * An officer acts on a case through their office's link. The rules are {@link caseStates}; the case and the event of
 * the change are written together or not at all, and of two officers at once the second is decided on what the first
 * did.
 */
export const actOnCase = async (
  deps: ChangeCaseDeps,
  link: Pick<Link, 'familyId' | 'alertId' | 'recipient'>,
  action: OfficerAction,
): Promise<CaseOutcome> => {
  const { recipient } = link;
  if (recipient.kind === 'family') return { kind: 'not-found' };
  const officeId = recipient.kind === 'ministry' ? 'ministry' : recipient.id;
  const name = action.action === 'acknowledge' ? action.officer : undefined;
  const by: Actor = { kind: 'officer', officeId, ...(name !== undefined && { name }) };
  return changeCase<Refused>(deps, link, by, (current) => {
    if (!mayOpen(recipient, current.alert)) return { kind: 'not-found' };
    const { state } = current.alert;
    if (!caseStates[state].actions.includes(action.action))
      return { kind: 'refused', state, reason: 'action-not-allowed' };
    if (!allowedActions(recipient, current.alert).includes(action.action)) {
      return { kind: 'refused', state, reason: 'not-in-charge' };
    }
    return stepOf(deps, current, officeId, action);
  });
};
