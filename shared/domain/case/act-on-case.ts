import type { Alert, Deliveries } from './alert.ts';
import { authorityKeys, inCharge, listedOffices, pendingTo, placeOf, toldOffices } from './alert.ts';
import type { Actor } from './case-event.ts';
import { caseStates } from './case-states.ts';
import { defined } from '../defined.ts';
import type { Case } from './case.ts';
import type { CaseOutcome, ChangeCaseDeps, Step } from './change-case.ts';
import { decideOnCase } from './change-case.ts';
import type { Link, LinkRecipient } from './links.ts';
import type { Family } from '../family/family.ts';
import { alertRetentionMs } from '../limits.ts';
import type { AssignedConsulate, Consulate } from '../offices/consulate.ts';
import { distanceMeters } from '../offices/distance.ts';
import { metersToNearest } from '../offices/nearest-consulates.ts';
import type { AlertState, CaseAction, Disposition } from '../vocabulary.ts';

/** What an officer does, parsed. Whoever does it signs it. */
export type OfficerAction = { readonly officer: string } & OfficerDeed;

type OfficerDeed =
  | { readonly action: 'acknowledge' }
  | { readonly action: 'state'; readonly to: AlertState; readonly facility?: string; readonly note?: string }
  | { readonly action: 'note'; readonly text: string }
  | { readonly action: 'representative'; readonly name: string; readonly phone: string }
  | { readonly action: 'hand-over'; readonly consulateId: string; readonly note?: string }
  | { readonly action: 'close'; readonly disposition: Disposition; readonly note?: string }
  | { readonly action: 'reopen' };

/** An office may see the cases that it was told of, the ministry all; never one that the person kept from them. */
export const mayOpen = (recipient: LinkRecipient, alert: Alert): boolean =>
  alert.consularNotification &&
  // One more press of a case is no case.
  alert.joined === undefined &&
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
  const leads =
    recipient.kind === 'ministry' || (recipient.kind === 'consulate' && recipient.id === alert.consulate?.id);
  return leads ? actions : actions.filter((action) => openToAllTold.has(action));
};

/**
 * Whom an event is told. Nothing more is told to the family once the person was forced to cancel: a captor may be
 * reading with them (G7).
 */
const audience = (alert: Alert, offices: readonly string[] = []): Deliveries =>
  pendingTo([...(alert.duress === true ? [] : ['family' as const]), ...authorityKeys(offices)]);

const othersTold = (alert: Alert, acting: string): readonly string[] =>
  toldOffices(alert).filter((id) => id !== acting);

/** An office that people chose, with its distance as far as one is known. */
const assignedBy = (
  { openConsulates }: ChangeCaseDeps,
  alert: Alert,
  family: Family,
  office: Consulate,
): AssignedConsulate => {
  const place = placeOf(alert, family, metersToNearest(openConsulates));
  return {
    id: office.id,
    distanceMeters: place ? Math.round(distanceMeters(place, office)) : null,
    basis: 'great-circle',
  };
};

/** If an officer acknowledges, their office has the case, even when it had passed on to another meanwhile. */
const takeOver = (deps: ChangeCaseDeps, alert: Alert, family: Family, acting: string): Partial<Alert> | undefined => {
  const office = acting === 'ministry' || acting === alert.consulate?.id ? undefined : deps.openConsulateById(acting);
  if (!office) return undefined;
  const consulate = assignedBy(deps, alert, family, office);
  return { ...inCharge(alert, consulate, { handedOver: false }), toldConsulates: toldOffices(alert) };
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
  const consulate = assignedBy(deps, alert, family, office);
  return {
    set: {
      ...inCharge(alert, consulate, { handedOver: true }),
      toldConsulates: [...new Set([...toldOffices(alert), consulateId])],
    },
    detail: {
      type: 'alert.located.v1',
      cause: 'hand-over',
      consulate,
      ...defined({ previous: alert.consulate?.id, note }),
    },
    deliveries: audience(alert, [...othersTold(alert, acting), consulateId]),
  };
};

const moveOn = (alert: Alert, { to, facility, note }: Extract<OfficerAction, { action: 'state' }>): Step | Refused => {
  const { state } = alert;
  if (!caseStates[state].next.includes(to)) return { kind: 'refused', state, reason: 'state-not-reachable' };
  return {
    set: { state: to, ...defined({ facility }) },
    detail: { type: 'alert.state-changed.v1', from: state, to, ...defined({ facility, note }) },
    deliveries: audience(alert),
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
        deliveries: audience(alert, othersTold(alert, acting)),
      };
    case 'state':
      return moveOn(alert, action);
    case 'note':
      return { set: {}, detail: { type: 'alert.noted.v1', text: action.text }, deliveries: {} };
    case 'representative': {
      const { name, phone } = action;
      return {
        set: { representative: { name, phone, assignedAt: at } },
        detail: { type: 'alert.representative-assigned.v1', name, phone },
        deliveries: audience(alert),
      };
    }
    case 'hand-over':
      return handOver(deps, alert, family, acting, action);
    case 'close': {
      const { action: _a, officer: _o, ...closing } = action;
      return {
        set: { state: 'closed', disposition: action.disposition, closedAt: at },
        keepMs: deps.retentionMs,
        listing: { open: [], closed: listedOffices(alert) },
        detail: { type: 'alert.closed.v1', ...closing },
        deliveries: audience(alert, othersTold(alert, acting)),
      };
    }
    case 'reopen':
      return {
        set: { state: 'acknowledged' },
        remove: ['disposition', 'closedAt'],
        keepMs: alertRetentionMs,
        listing: { open: listedOffices(alert), closed: [] },
        detail: { type: 'alert.reopened.v1' },
        deliveries: audience(alert, othersTold(alert, acting)),
      };
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
  const by: Actor = { kind: 'officer', officeId, name: action.officer };
  return decideOnCase<Refused>(deps, link, by, (current) => {
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
