import type { Alert } from './alert.ts';
import { inCharge, isFamilysAlone, isUntaken, listedOffices, othersTold, toldOffices } from './alert.ts';
import { audience, relativesOf, pendingTo } from './deliveries.ts';
import type { Actor } from './case-event.ts';
import { caseStates } from './case-states.ts';
import { defined } from '../defined.ts';
import type { Case } from './case.ts';
import type { CaseOutcome, ChangeCaseDeps, Step } from './change-case.ts';
import { decideOnCase } from './change-case.ts';
import type { Acting } from './hand-over.ts';
import { accepted, askToTake, assignedBy, isReceiver, takeBack } from './hand-over.ts';
import type { Link, LinkRecipient } from './links.ts';
import { officeIdOf } from './links.ts';
import type { AskDeps } from '../representatives/ask.ts';
import { mayBeOffered, readRosters, rostersOf } from '../representatives/ask.ts';
import type { OfferWish } from '../representatives/offer-case.ts';
import { offerCase } from '../representatives/offer-case.ts';
import { nameRepresentative, shareContact } from './name-representative.ts';
import type { Family } from '../family/family.ts';
import { alertRetentionMs } from '../limits.ts';
import type { AlertState, CaseAction, CaseRefusal, Disposition } from '../vocabulary.ts';

/** What an officer does, parsed. Whoever does it signs it. */
export type OfficerAction = { readonly officer: string } & OfficerDeed;

type OfficerDeed =
  | { readonly action: 'acknowledge' }
  /** With others, from a list: it says that somebody saw the case. */
  | { readonly action: 'take' }
  | { readonly action: 'state'; readonly to: AlertState; readonly facility?: string; readonly note?: string }
  | { readonly action: 'note'; readonly text: string }
  | ({ readonly action: 'offer' } & OfferWish)
  | { readonly action: 'share-contact'; readonly contactId: string }
  | { readonly action: 'representative'; readonly name: string; readonly phone: string }
  | { readonly action: 'hand-over'; readonly consulateId: string; readonly note?: string }
  | { readonly action: 'take-back' }
  | {
      readonly action: 'close';
      readonly disposition: Disposition;
      readonly note?: string;
      /** The family reads this. */
      readonly familyNote?: string;
    }
  | { readonly action: 'reopen' };

/** An office may see the cases that it was told of, the ministry all; never one that the person kept from them. */
export const mayOpen = (recipient: LinkRecipient, alert: Alert): boolean =>
  !isFamilysAlone(alert) &&
  // One more press of a case is no case.
  alert.joined === undefined &&
  (recipient.kind === 'ministry' || (recipient.kind === 'consulate' && toldOffices(alert).includes(recipient.id)));

// What an office that was told may do although another is in charge: take a case that nobody attends to, add what it
// knows, and open again what was closed wrongly.
const openToAllTold: ReadonlySet<CaseAction> = new Set(['acknowledge', 'note', 'reopen']);

/** Nobody attends to it: nobody has it, or somebody has only seen it. */
export const isUnattended = (alert: Alert): boolean =>
  isUntaken(alert) || (alert.state !== 'closed' && alert.seenOnly === true);

/** Whether an office has seen the case already: a list that is sent twice changes nothing, and prolongs nothing. */
const isSeenBy = (officeId: string, { state, seenOnly, acknowledgedOfficeId, untakenSince }: Alert): boolean =>
  state !== 'closed' && seenOnly === true && acknowledgedOfficeId === officeId && untakenSince === undefined;

/** Whether an officer has taken the case already, and nobody has it since: an answer that was lost is asked for again. */
const isTakenBy = (officer: string, officeId: string, alert: Alert): boolean =>
  alert.state !== 'closed' &&
  alert.acknowledgedBy === officer &&
  alert.acknowledgedOfficeId === officeId &&
  !isUnattended(alert) &&
  !isReceiver(officeId, alert);

/** What is sent twice changes nothing, and nobody hears of it twice. */
const isDoneAlready = (officeId: string, alert: Alert, { action, officer }: OfficerAction): boolean =>
  (action === 'take' && isSeenBy(officeId, alert)) || (action === 'acknowledge' && isTakenBy(officer, officeId, alert));

/** Whether an office took the case, or has it since: its officers relieve each other. */
const hasTaken = (officeId: string, { acknowledgedOfficeId, consulate }: Alert): boolean =>
  officeId === (officeId === 'ministry' ? acknowledgedOfficeId : consulate?.id);

/**
 * What the holder of a link can do now: what the state allows to the office in charge and the ministry. An office that
 * handed the case over goes on reading it.
 */
export const allowedActions = (recipient: LinkRecipient, alert: Alert): readonly CaseAction[] => {
  if (!mayOpen(recipient, alert)) return [];
  const { actions } = caseStates[alert.state];
  const officeId = officeIdOf(recipient);
  const leads = officeId === 'ministry' || officeId === alert.consulate?.id;
  const receives = isReceiver(officeId, alert);
  const mayTake = isUnattended(alert) || hasTaken(officeId, alert) || receives;
  const isOpenTo = (action: CaseAction): boolean =>
    leads || openToAllTold.has(action) || (receives && action === 'state');
  return actions.filter(
    (action) =>
      isOpenTo(action) &&
      (action !== 'acknowledge' || mayTake) &&
      (action !== 'take-back' || alert.handOver !== undefined),
  );
};

/** If an officer acknowledges, their office has the case, even when it had passed on to another meanwhile. */
const takeOver = (deps: ChangeCaseDeps, alert: Alert, family: Family, acting: string): Partial<Alert> | undefined => {
  const office = acting === alert.consulate?.id ? undefined : deps.openConsulateById(acting);
  if (!office) return undefined;
  const consulate = assignedBy(deps, alert, family, office);
  return { ...inCharge(alert, consulate, { handedOver: false }), toldConsulates: toldOffices(alert) };
};

/** What is decided on the case alone; an offer needs the rosters too. */
type DecidedAction = Exclude<OfficerAction, { readonly action: 'offer' }>;

/** What became of an officer's action; `unknown-…`: it names nobody of the roster, or no contact. */
export type OfficerOutcome =
  | CaseOutcome
  | { readonly kind: 'unknown-representative' }
  | { readonly kind: 'unknown-contact' };

type Refused = Exclude<OfficerOutcome, { kind: 'done' }>;

/**
 * Takes a case, or, of a case that a colleague attends to, relieves them: that is on the timeline, and nobody has to
 * hear of it. What the state is by then, it stays.
 */
const acknowledge = (
  deps: ChangeCaseDeps,
  { alert, family }: Case,
  { acting, now }: Acting,
  { action, officer }: Extract<OfficerAction, { action: 'acknowledge' | 'take' }>,
): Step => {
  const receives = isReceiver(acting, alert);
  const relieves = !isUnattended(alert) && !receives;
  const signed = { acknowledgedBy: officer, acknowledgedOfficeId: acting };
  const { state } = alert;
  if (relieves) {
    return {
      set: signed,
      detail: { type: 'alert.acknowledged.v1', officer, relieves: true, state },
      deliveries: {},
    };
  }
  const seenOnly = action === 'take' ? ({ seenOnly: true } as const) : {};
  return {
    set: {
      ...signed,
      ...(state === 'raised' && { state: 'acknowledged' as const }),
      // A case that was taken before has waited no longer for that.
      ...((isUnattended(alert) || action === 'take') && { acknowledgedAt: now.toISOString() }),
      ...seenOnly,
      ...(!receives && takeOver(deps, alert, family, acting)),
    },
    // Whoever takes the case ends a hand-over of it.
    remove: ['seenOnly', 'handOver'],
    detail: { type: 'alert.acknowledged.v1', officer, ...seenOnly, ...(state !== 'raised' && { state }) },
    deliveries: audience(alert, othersTold(alert, acting)),
  };
};

const moveOn = (alert: Alert, { to, facility, note }: Extract<OfficerAction, { action: 'state' }>): Step | Refused => {
  const { state } = alert;
  // The state that it has already: a place was wrong, or came late.
  const corrects = to === state && facility !== undefined;
  if (!corrects && !caseStates[state].next.includes(to)) {
    return { kind: 'refused', state, reason: 'state-not-reachable' };
  }
  // The place that it has already, as of a form that is sent twice: it was not corrected, and only a note may be new.
  const isSame = corrects && facility === alert.facility;
  const isElsewhere = facility === undefined && caseStates[to].leavesPlace;
  return {
    set: { state: to, ...defined({ facility }) },
    ...(isElsewhere && { remove: ['facility'] }),
    detail: { type: 'alert.state-changed.v1', from: state, to, ...defined({ facility, note }) },
    deliveries: isSame ? pendingTo(note === undefined ? [] : ['ministry']) : audience(alert),
  };
};

const plainStepOf = (deps: ChangeCaseDeps, current: Case, by: Acting, action: DecidedAction): Step | Refused => {
  const { alert } = current;
  const { acting, now } = by;
  switch (action.action) {
    case 'acknowledge':
    case 'take':
      return acknowledge(deps, current, by, action);
    case 'state':
      return moveOn(alert, action);
    case 'note':
      return { set: {}, detail: { type: 'alert.noted.v1', text: action.text }, deliveries: {} };
    case 'share-contact':
      return shareContact(current, action.contactId, now);
    case 'representative':
      return nameRepresentative(alert, action, now.toISOString());
    case 'hand-over':
      return askToTake(deps, current, by, action);
    case 'take-back':
      return alert.handOver
        ? takeBack(alert, alert.handOver, by)
        : { kind: 'refused', state: alert.state, reason: 'no-hand-over' };
    case 'close': {
      const { disposition, note, familyNote } = action;
      return {
        set: { state: 'closed', disposition, closedAt: now.toISOString() },
        remove: ['handOver'],
        keepMs: deps.retentionMs,
        listing: { open: [], closed: listedOffices(alert) },
        detail: { type: 'alert.closed.v1', disposition, ...defined({ note, familyNote }) },
        deliveries: audience(alert, othersTold(alert, acting)),
      };
    }
    case 'reopen':
      return {
        set: { state: 'acknowledged' },
        remove: ['disposition', 'closedAt', 'seenOnly', 'handOver'],
        keepMs: alertRetentionMs,
        listing: { open: listedOffices(alert), closed: [] },
        endsFamilyView: alert.deviceView !== undefined && alert.duress !== true,
        detail: { type: 'alert.reopened.v1' },
        deliveries: audience(alert, othersTold(alert, acting)),
      };
  }
};

/** A person at the receiver takes a case that was handed over by acting on it; by a note they do not. */
const stepOf = (deps: ChangeCaseDeps, current: Case, by: Acting, action: DecidedAction): Step | Refused => {
  const { alert } = current;
  const step = plainStepOf(deps, current, by, action);
  if ('kind' in step || !alert.handOver || !isReceiver(by.acting, alert)) return step;
  const signed = { officer: action.officer, now: by.now };
  switch (action.action) {
    case 'take':
      // The family reads that somebody there saw it, and not that they attend to it.
      return accepted(
        alert,
        alert.handOver,
        { ...signed, tellFamily: false },
        { ...step, deliveries: pendingTo(relativesOf(alert)) },
      );
    case 'acknowledge':
      return accepted(alert, alert.handOver, { ...signed, tellFamily: true }, { ...step, deliveries: {} });
    case 'state':
      return accepted(alert, alert.handOver, { ...signed, tellFamily: true }, step);
    default:
      return step;
  }
};

/** Why an action is not allowed now; `undefined`: it is. */
export const refusalOf = (
  recipient: LinkRecipient,
  alert: Alert,
  { action }: OfficerAction,
): Exclude<CaseRefusal, 'busy'> | undefined => {
  // Who gave a case away is told why they are no longer in charge of it.
  if (action === 'take-back' && alert.state !== 'closed' && !alert.handOver)
    return alert.handedOver === true ? 'receiver-has-acted' : 'no-hand-over';
  // In a list one takes what nobody has: to relieve a colleague is to attend to a case.
  const isTheirs = isUntaken(alert) || isReceiver(officeIdOf(recipient), alert);
  if (action === 'take' && alert.state !== 'closed' && !isTheirs) return 'already-taken';
  const needed = action === 'take' ? 'acknowledge' : action;
  if (!caseStates[alert.state].actions.includes(needed)) return 'action-not-allowed';
  if (allowedActions(recipient, alert).includes(needed)) return undefined;
  return action === 'acknowledge' ? 'already-taken' : 'not-in-charge';
};

export type ActOnCaseDeps = ChangeCaseDeps & AskDeps;

/** Decided on the rosters as they are now, and again when somebody else has asked the same person meanwhile. */
const offerStep = async (deps: ActOnCaseDeps, current: Case, wish: OfferWish, now: Date): Promise<Step | Refused> => {
  const { alert } = current;
  if (!mayBeOffered(alert)) return { kind: 'refused', state: alert.state, reason: 'action-not-allowed' };
  const roster = await readRosters(deps, rostersOf(alert));
  const step = offerCase(current, wish, roster, now, deps.zoneOf);
  return 'kind' in step && step.kind === 'refused' ? { ...step, state: alert.state } : step;
};

/**
 * An officer acts on a case through their office's link. The rules are {@link caseStates}; the case and the event of
 * the change are written together or not at all, and of two officers at once the second is decided on what the first
 * did.
 */
export const actOnCase = async (
  deps: ActOnCaseDeps,
  link: Pick<Link, 'familyId' | 'alertId' | 'recipient'>,
  action: OfficerAction,
): Promise<OfficerOutcome> => {
  const { recipient } = link;
  if (recipient.kind === 'family') return { kind: 'not-found' };
  const officeId = officeIdOf(recipient);
  const by: Actor = { kind: 'officer', officeId, name: action.officer };
  return decideOnCase<OfficerOutcome>(deps, link, by, async (current, now) => {
    if (!mayOpen(recipient, current.alert)) return { kind: 'not-found' };
    if (isDoneAlready(officeId, current.alert, action)) return { kind: 'done', case: current };
    const reason = refusalOf(recipient, current.alert, action);
    if (reason !== undefined) return { kind: 'refused', state: current.alert.state, reason };
    return action.action === 'offer'
      ? offerStep(deps, current, action, now)
      : stepOf(deps, current, { acting: officeId, now }, action);
  });
};
