import type { Alert } from './alert.ts';
import { listedOffices } from './alert.ts';
import { inSecret } from '../press/raise-alert.ts';
import { freezeForDevice } from './alert-status.ts';
import type { CancellationDeps, PinGiven } from './cancellation.ts';
import { forgetTime } from './family-view.ts';
import type { Case, CaseChange } from './case.ts';
import { onAlert } from './case-event.ts';
import { utcDay } from '../clock.ts';
import { defined } from '../defined.ts';
import { shownAlert } from './shown-case.ts';
import { shownFamily } from '../family/shown-family.ts';
import { withRehearsedOffice } from './rehearsed-office.ts';
import { noDevice } from '../press/no-device.ts';
import { plannedDeliveries } from '../press/raise-alert.ts';
import { isUsable } from '../position.ts';

/**
 * What the duress PIN on a drill raises: nobody rehearses being forced. It belongs to no device, so that no phone can find
 * it, and the family, whom a captor may be reading with, does not hear of it (G7).
 */
const forcedAlert = (deps: CancellationDeps, { alert: drill, family }: Case): Alert => {
  const { consularNotification } = family.consent;
  const hasPlace = isUsable(drill.position) || isUsable(family.person.homePosition);
  return {
    familyId: drill.familyId,
    alertId: deps.newId(),
    deviceId: noDevice,
    origin: { kind: 'duress-drill', promisedAt: drill.pressedAt ?? drill.raisedAt },
    duress: true,
    state: 'raised',
    raisedAt: deps.now().toISOString(),
    ...defined({ position: drill.position, utcOffsetMinutes: drill.utcOffsetMinutes }),
    drill: false,
    droppedFields: [],
    consularNotification,
    deliveries: inSecret(plannedDeliveries(consularNotification, hasPlace)),
  };
};

/**
 * What a PIN makes of a drill. Both close it, which nobody hears of, and both write an alert beside it: with the duress PIN
 * officers are told of that one, once a drill and day, as a phone asks again after a lost answer. With any other it is as
 * long, and nothing. While PINs are locked every PIN answers that it is wrong, and the drill stays as it is.
 */
export const drillCancellation = (deps: CancellationDeps, current: Case, { match, locked }: PinGiven): CaseChange => {
  const { alert, events } = current;
  const now = deps.now();
  const [at, today] = [now.toISOString(), utcDay(now)];
  const closedAt = alert.closedAt ?? at;
  const forgetAt = forgetTime(closedAt, deps.retentionMs);
  const freezes = alert.deviceView === undefined && !locked;
  const shown = shownAlert(current.alert);
  const seen = { alert: withRehearsedOffice(shown, shownFamily(current.family).person.homePosition, deps), events };
  const view = freezeForDevice(seen, deps, forgetAt);
  const raises = match === 'duress' && alert.signalledOn !== today;
  return {
    alert,
    set: {
      state: freezes ? 'closed' : alert.state,
      [raises ? 'signalledOn' : 'cancelledOn']: today,
      ...(freezes && { disposition: alert.disposition ?? 'cancelled', closedAt, deviceView: view }),
    },
    ...(freezes && { listing: { open: [], closed: listedOffices(alert) } }),
    ...(!locked && { forget: { at: forgetAt, timeline: events } }),
    events: locked
      ? []
      : [
          {
            ...onAlert(alert, now),
            eventId: `${at}.${deps.newId()}`,
            type: 'alert.cancelled.v1',
            by: { kind: 'person' },
            deliveries: {},
          },
        ],
    signal: { alert: forcedAlert(deps, current), raises },
  };
};
