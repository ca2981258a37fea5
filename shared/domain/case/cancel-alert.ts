import type { Alert, DeliveryKey } from './alert.ts';
import { isHiddenFromDevices, toldOffices } from './alert.ts';
import type { Offices } from './alert-status.ts';
import { freezeForDevice } from './alert-status.ts';
import type { FamilyDirectory } from '../../telling/announce-to-family.ts';
import type { CaseEvent } from './case-event.ts';
import type { Case, CaseChange, CaseStore } from './change-case.ts';
import type { Consulate } from '../offices/consulate.ts';
import { alertRetentionMs } from '../limits.ts';
import { nearestConsulates } from '../offices/nearest-consulates.ts';
import type { PinDeps, PinMatch } from '../family/pins.ts';
import { checkPin } from '../family/pins.ts';
import { isUsable } from '../position.ts';
import type { DeviceDirectory, DeviceToken } from '../press/raise-alert.ts';
import type { AlertReader } from './read-alert.ts';
import { isViewOver } from './read-alert.ts';

export type CancelAlertDeps = PinDeps &
  Offices & {
    readonly devices: DeviceDirectory;
    readonly alerts: Pick<AlertReader, 'get'>;
    readonly families: Pick<FamilyDirectory, 'get'>;
    readonly cases: CaseStore;
    /** Offices that may be told. */
    readonly openConsulates: readonly Consulate[];
    readonly newId: () => string;
    /** How long a closed case is kept. */
    readonly retentionMs: number;
  };

/** `cancelled` is what both PINs get. */
export type CancelOutcome =
  | { readonly kind: 'cancelled'; readonly alertId: string; readonly raisedAt: string }
  | { readonly kind: 'wrong-pin' }
  | { readonly kind: 'unknown-device' }
  | { readonly kind: 'not-found' };

type Cancelling = 'alert.cancelled.v1' | 'alert.cancelled-under-duress.v1';

/** The offices of a case by great circle: no search that could fail or take time stands on this path. */
const officesOf = ({ alert, family }: Case, openConsulates: readonly Consulate[]) => {
  const present = alert.consulate?.id;
  const told = new Set(toldOffices(alert));
  const place = [alert.position, family.person.homePosition].find(isUsable);
  const ranked = place ? nearestConsulates(place, openConsulates).map(({ consulate }) => consulate.id) : [];
  // Cancelled before its office was chosen: the nearest will be told of the press any moment.
  if (present === undefined && alert.deliveries.consulate && ranked[0] !== undefined) told.add(ranked[0]);
  return { told: [...told].filter((id) => id !== 'ministry'), next: ranked.find((id) => !told.has(id)) };
};

/** The list keeps the office in charge last. */
const withNext = (alert: Alert, next: string | undefined): Partial<Alert> => {
  if (next === undefined) return {};
  const { consulate } = alert;
  const before = toldOffices(alert).filter((id) => id !== consulate?.id);
  return { toldConsulates: [...before, next, ...(consulate ? [consulate.id] : [])] };
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
const hasSignalledDuress = ({ alert, events }: Case): boolean =>
  alert.duress === true || events.some(({ type }) => type === 'alert.cancelled-under-duress.v1');

type Check = { readonly match: Exclude<PinMatch, 'wrong'>; readonly locked: boolean };

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
 * Both PINs cost the same: one update, as many events, and as many items whose time is set anew. For that, a later
 * cancellation sets the time of the alert alone: what was on the timeline of a case cancelled with the PIN goes when
 * that case would have gone, unless an officer acts on it before.
 */
const cancellation = (deps: CancelAlertDeps, current: Case, { match, locked }: Check): CaseChange => {
  const { alert } = current;
  const now = deps.now();
  const at = now.toISOString();
  const { told, next } = officesOf(current, deps.openConsulates);
  const closedAt = alert.state === 'closed' ? (alert.closedAt ?? at) : at;
  // A whole second, as TTL knows no less: until then, and no longer, a phone finds it by either PIN.
  const forgetClosedAt = new Date(Math.floor((Date.parse(closedAt) + deps.retentionMs) / 1000) * 1000);
  const forgetOpenAt = new Date(now.getTime() + alertRetentionMs);
  const view = freezeForDevice(current, deps, forgetClosedAt);

  const authorities = (ids: readonly (string | undefined)[]): readonly DeliveryKey[] =>
    alert.consularNotification
      ? [...ids.filter((id) => id !== undefined).map((id) => `consulate:${id}` as const), 'ministry']
      : [];
  const eventOf = (type: Cancelling, to: readonly DeliveryKey[]): CaseEvent => ({
    familyId: alert.familyId,
    alertId: alert.alertId,
    eventId: `${at}.${deps.newId()}`,
    at,
    by: { kind: 'person' },
    drill: alert.drill,
    deliveries: Object.fromEntries(to.map((key) => [key, { status: 'pending' }])),
    type,
  });

  const isFirst = alert.deviceView === undefined;
  const freezes = isFirst && !locked;
  const frozen = freezes ? { deviceView: view } : {};
  const toFamily = freezes ? [eventOf('alert.cancelled.v1', ['family'])] : [];

  if (match === 'pin' && !(isFirst && hasSignalledDuress(current))) {
    const closing = isFirst ? ({ state: 'closed', disposition: 'cancelled', closedAt } as const) : {};
    const isClosed = isFirst || alert.state === 'closed';
    return {
      alert,
      set: { ...closing, ...frozen },
      events: [...toFamily, eventOf('alert.cancelled.v1', isFirst ? authorities(told) : [])],
      forget: { at: isClosed ? forgetClosedAt : forgetOpenAt, timeline: current.events },
    };
  }

  const isKnown = hasSignalledDuress(current) && alert.state !== 'closed' && !freezes;
  const telling = isKnown || !alert.consularNotification ? {} : withNext(alert, next);
  // `duress` silences the family's messages and shows them a cancelled case: only while that is what they have heard.
  const isCancelledForFamily = freezes || (!isFirst && alert.state === 'closed');
  const { set, remove } = isCancelledForFamily ? reopening(alert) : { set: {} };
  return {
    alert,
    set: { ...set, ...frozen, ...telling, ...(isCancelledForFamily && { duress: true as const }) },
    ...(remove && { remove }),
    events: [...toFamily, eventOf('alert.cancelled-under-duress.v1', isKnown ? [] : authorities([...told, next]))],
    ...(!locked && { forget: { at: forgetOpenAt, timeline: current.events } }),
  };
};

// Each round reads afresh, so more than a few mean that many are at the same case in the same second.
const maximumTries = 5;

/**
 * The case as far as its cancellation needs it. The timeline only of one that was never cancelled: afterwards it grows
 * with what officers do, and the time of an answer must not (G7).
 */
const readCase = async ({ cases, families }: CancelAlertDeps, alert: Alert): Promise<Case | undefined> => {
  if (!alert.deviceView) return cases.read(alert.familyId, alert.alertId);
  const family = await families.get(alert.familyId);
  return family && { alert, events: [], family };
};

/** @throws when others change the case all the time: the phone sends it again */
const change = async (deps: CancelAlertDeps, found: Case, check: Check): Promise<void> => {
  let current: Case | undefined = found;
  for (let tries = 1; current && tries <= maximumTries; tries += 1) {
    if ((await deps.cases.apply(cancellation(deps, current, check))) === 'applied') return;
    const alert: Alert | undefined = await deps.alerts.get(found.alert.familyId, found.alert.alertId);
    current = alert && (await readCase(deps, alert));
  }
  throw new Error('The case did not hold still for its cancellation.');
};

/** A device cancels its family's alert with a PIN (G7). */
export const cancelAlert = async (
  deps: CancelAlertDeps,
  token: DeviceToken,
  alertId: string,
  pin: string,
): Promise<CancelOutcome> => {
  const { familyId } = token;
  const [device, alert] = await Promise.all([deps.devices.authenticate(token), deps.alerts.get(familyId, alertId)]);
  if (!device) return { kind: 'unknown-device' };
  if (!alert || isHiddenFromDevices(alert)) return { kind: 'not-found' };
  if (alert.deviceView && isViewOver(alert.deviceView, deps.now())) return { kind: 'not-found' };

  const { match, locked } = await checkPin(deps, familyId, pin);
  if (match === 'wrong' && !locked) return { kind: 'wrong-pin' };
  const current = await readCase(deps, alert);
  if (!current) return { kind: 'not-found' };
  if (match === 'duress' || (match === 'pin' && !locked)) await change(deps, current, { match, locked });
  else await deps.pins.pretend(familyId, deps.now());
  return locked ? { kind: 'wrong-pin' } : { kind: 'cancelled', alertId, raisedAt: alert.raisedAt };
};
