import type { Alert } from './alert.ts';
import type { DeliveryKey } from './deliveries.ts';
import { listedOffices, toldOffices } from './alert.ts';
import { placeOf } from './alert-position.ts';
import { authorityKeys, pendingTo } from './deliveries.ts';
import { freezeForDevice, freezePresses } from './alert-status.ts';
import type { Offices } from '../offices/office-in-charge.ts';
import type { CaseEvent } from './case-event.ts';
import { isSignalEvent, onAlert } from './case-event.ts';
import type { Case, CaseChange } from './case.ts';
import { shownCase } from './shown-case.ts';
import { defined } from '../defined.ts';
import type { FamilyView } from './family-view.ts';
import { forgetTime, freezeForFamily } from './family-view.ts';
import type { PinMatch } from '../family/pins.ts';
import { alertRetentionMs } from '../limits.ts';
import type { OpenOffices } from '../offices/nearest-consulates.ts';
import { metersToNearest } from '../offices/nearest-consulates.ts';
import type { Districts } from '../offices/responsible-office.ts';
import { officesOfPlace } from '../offices/responsible-office.ts';

export type CancellationDeps = Offices &
  OpenOffices &
  Districts & {
    readonly now: () => Date;
    readonly newId: () => string;
    /** How long a closed case is kept. */
    readonly retentionMs: number;
  };

/** A PIN, wrong only while PINs are locked. */
export type PinGiven = { readonly match: PinMatch; readonly locked: boolean };

/** A right PIN. */
export type Cancelling = PinGiven & { readonly match: Exclude<PinMatch, 'wrong'> };

/** The offices of a case by great circle: no search that could fail or take time stands on this path. */
const officesOf = ({ alert, family }: Case, offices: OpenOffices & Districts) => {
  const told = new Set(toldOffices(alert));
  const place = placeOf(alert, family, metersToNearest(offices.openConsulates));
  if (!place) return { told: [...told], next: undefined };
  const { ranked, inCharge, twoOffices } = officesOfPlace(place, 'great-circle', offices);
  // Cancelled before its office was chosen: these will be told of the press any moment.
  if (alert.consulate === undefined && alert.deliveries.consulate) {
    for (const office of [inCharge, twoOffices?.nearest]) if (office) told.add(office.id);
  }
  return { told: [...told], next: ranked.find(({ consulate }) => !told.has(consulate.id))?.consulate.id };
};

/** All who hear of the signal, those of a press that nobody has handled yet with them; the office in charge last. */
const withSignalled = ({ consulate }: Alert, { told, next }: ReturnType<typeof officesOf>): Partial<Alert> => {
  const others = [...told, ...(next === undefined ? [] : [next])].filter((id) => id !== consulate?.id);
  return others.length === 0 ? {} : { toldConsulates: [...others, ...(consulate ? [consulate.id] : [])] };
};

/**
 * Back to where officers left it; `raised` escalates again while nobody has acknowledged. An open case keeps its state
 * and has it written all the same: the PIN writes as many attributes.
 */
const reopening = ({ state, acknowledgedAt }: Alert): Pick<CaseChange, 'set' | 'remove'> =>
  state === 'closed'
    ? { set: { state: acknowledgedAt === undefined ? 'raised' : 'acknowledged' }, remove: ['disposition', 'closedAt'] }
    : { set: { state } };

/** Whether the person has signalled on this alert that they are forced. While PINs are locked only the timeline says so. */
const hasSignalledDuress = ({ alert, events }: Case): boolean => alert.duress === true || events.some(isSignalEvent);

/** What a cancellation is decided on, whichever PIN it is. */
type Moment = {
  readonly current: Case;
  readonly at: string;
  /** Whether the alert was never cancelled before. */
  readonly isFirst: boolean;
  /** Whether the device's view freezes now: with the first cancellation, unless PINs are locked. */
  readonly freezes: boolean;
  readonly locked: boolean;
  readonly set: Pick<Alert, 'deviceView'>;
  readonly familyView: FamilyView;
  /** What each further press of the case gets; with one press all are cancelled. */
  readonly views: readonly { readonly alertId: string; readonly set: Pick<Alert, 'deviceView'> }[];
  readonly toFamily: readonly CaseEvent[];
  readonly forgetClosedAt: Date;
  readonly forgetOpenAt: Date;
  readonly offices: ReturnType<typeof officesOf>;
  readonly eventOf: (
    type: 'alert.cancelled.v1' | 'alert.cancelled-under-duress.v1',
    to: readonly DeliveryKey[],
  ) => CaseEvent;
};

const momentOf = (deps: CancellationDeps, current: Case, locked: boolean): Moment => {
  const { alert } = current;
  const now = deps.now();
  const at = now.toISOString();
  const forgetClosedAt = forgetTime(alert.closedAt ?? at, deps.retentionMs);
  const seen = shownCase(current);
  const view = freezeForDevice(seen, deps, forgetClosedAt);
  const isFirst = alert.deviceView === undefined;
  const freezes = isFirst && !locked;
  const eventOf: Moment['eventOf'] = (type, to) => ({
    ...onAlert(alert, now),
    eventId: `${at}.${deps.newId()}`,
    by: { kind: 'person' },
    deliveries: pendingTo(to),
    type,
  });
  return {
    current,
    at,
    isFirst,
    freezes,
    locked,
    set: freezes ? { deviceView: view } : {},
    familyView: freezeForFamily(seen.alert, current.family, at),
    views: freezePresses(seen, deps, forgetClosedAt).map((press) => ({
      alertId: press.alertId,
      set: freezes ? { deviceView: press.view } : {},
    })),
    toFamily: freezes ? [eventOf('alert.cancelled.v1', ['family'])] : [],
    forgetClosedAt,
    forgetOpenAt: new Date(now.getTime() + alertRetentionMs),
    offices: officesOf(current, deps),
    eventOf,
  };
};

const authoritiesOf = ({ alert }: Case, ids: readonly (string | undefined)[]): readonly DeliveryKey[] =>
  alert.consularNotification ? authorityKeys(ids.filter((id) => id !== undefined)) : [];

/** Closes the case the first time; later it changes nothing. */
const cancelled = ({ current, at, isFirst, set, toFamily, offices, eventOf, ...times }: Moment): CaseChange => {
  const { alert, events } = current;
  const closing = isFirst ? ({ state: 'closed', disposition: 'cancelled', closedAt: at } as const) : {};
  const isClosed = isFirst || alert.state === 'closed';
  return {
    alert,
    set: { ...closing, ...set },
    events: [...toFamily, eventOf('alert.cancelled.v1', isFirst ? authoritiesOf(current, offices.told) : [])],
    forget: { at: isClosed ? times.forgetClosedAt : times.forgetOpenAt, timeline: events },
  };
};

/** Leaves the case open for officers, or opens it again, and tells them. */
const cancelledUnderDuress = (moment: Moment): CaseChange => {
  const { current, isFirst, freezes, locked, offices, eventOf } = moment;
  const { alert, events } = current;
  const isKnown = hasSignalledDuress(current) && alert.state !== 'closed' && !freezes;
  const telling = isKnown || !alert.consularNotification ? {} : withSignalled(alert, offices);
  // `duress` silences the family's messages and shows them a cancelled case: only while that is what they have heard.
  const isCancelledForFamily = freezes || (!isFirst && alert.state === 'closed');
  const { set, remove }: Partial<ReturnType<typeof reopening>> = isCancelledForFamily ? reopening(alert) : {};
  const told: readonly DeliveryKey[] = isKnown
    ? []
    : ['family:trusted', ...authoritiesOf(current, [...offices.told, offices.next])];
  // A signal of before keeps its own time, which is as long: after the PIN there is no such event to write.
  const timeline = events.filter((event) => !isSignalEvent(event));
  return {
    alert,
    set: { ...set, ...moment.set, ...telling, ...(isCancelledForFamily && { duress: true as const }) },
    ...defined({ remove, forget: locked ? undefined : { at: moment.forgetOpenAt, timeline } }),
    events: [
      ...moment.toFamily,
      { ...eventOf('alert.cancelled-under-duress.v1', told), ...(freezes && { asCancelled: true as const }) },
    ],
  };
};

/** The further presses go as the case goes, and are kept as long: with either PIN each is written, with as much. */
const withPresses = ({ current, freezes, views }: Moment, change: CaseChange): CaseChange => {
  if (!change.forget) return change;
  const { state = current.alert.state } = change.set;
  return {
    ...change,
    presses: views.map(({ alertId, set }) => ({ alertId, set: { ...(freezes && { state }), ...set } })),
  };
};

/**
 * What a right PIN does to a case.
 *
 * The first cancellation freezes what the device sees and tells the family, with either PIN. The PIN closes the case
 * and tells the ministry and every office that was told. The duress PIN leaves it open, or opens it again, and tells
 * them and the next-nearest office. Once the person has signalled duress, the PIN does as the duress PIN: a captor may
 * have got it out of them, and only officers close such a case.
 *
 * A later cancellation gets the same answer and stands on the timeline; the family hears nothing. With the PIN it
 * changes nothing. With the duress PIN it opens the case again for officers and tells them, unless they have it open
 * and know: the first may have been forced too, and nobody types that PIN for another reason.
 *
 * While PINs are locked the phone is told that the PIN is wrong, so that nothing that it or the family can see may
 * change: officers are told, and that is all.
 *
 * Both PINs cost the same: one update, as many events, as many entries of offices' lists, and as many items whose time
 * is set anew; each further press of the case is written by both. For that, the first cancellation writes the entry of each
 * office that was told, to take it away or to leave it as it is; and a later one writes none and sets the time of the
 * presses alone. What was on the timeline of a
 * case cancelled with the PIN goes when that case would have gone, unless an officer acts on it before; and a case that
 * the duress PIN opens again comes back to a list with the message about it.
 */
export const cancellation = (deps: CancellationDeps, current: Case, { match, locked }: Cancelling): CaseChange => {
  const moment = momentOf(deps, current, locked);
  const closes = match === 'pin' && !(moment.isFirst && hasSignalledDuress(current));
  const change = withPresses(moment, closes ? cancelled(moment) : cancelledUnderDuress(moment));
  if (!moment.freezes) return change;
  const listed = listedOffices(current.alert);
  // An office that is told of the press any moment has no entry yet, or one that this read has missed.
  const others = current.alert.consularNotification ? moment.offices.told.filter((id) => !listed.includes(id)) : [];
  const listing = closes ? { open: [], closed: [...listed, ...others] } : { open: listed, closed: others };
  return { ...change, listing, familyView: moment.familyView };
};
