import type { Alert } from '../case/alert.ts';
import type { Deliveries } from '../case/deliveries.ts';
import { familyAlone } from '../case/family-alone.ts';
import type { Clock } from '../clock.ts';
import type { DeviceToken, MutedPress, PressDirectory, PressingFamily } from './device.ts';
import { isUsable } from '../position.ts';
import { type Addition, type FirstPress, additionOf } from './addition.ts';
import type { Press } from './press.ts';

export type PressStore = {
  /** Unless the family has one with this id. Resolves only after the write is durable; rejects if that is not known. */
  put(alert: Alert): Promise<{ kind: 'stored' } | { kind: 'exists'; alert: Alert; first: FirstPress }>;
  /** The same twice is there once. */
  add(addition: Addition): Promise<void>;
  /** Counts the drill in the same write. `used-up`: nothing is written. */
  putDrill(
    alert: Alert,
  ): Promise<{ kind: 'stored' } | { kind: 'exists'; alert: Alert; first: FirstPress } | { kind: 'used-up' }>;
  /** One write of the same size: under an id that nobody knows if the press is `heard`, else where nobody looks. */
  putUnseen(alert: Alert, muted: MutedPress): Promise<void>;
};

export type RaiseOutcome =
  | { readonly kind: 'raised'; readonly alert: Alert }
  | { readonly kind: 'repeated'; readonly alert: Alert }
  | { readonly kind: 'used-up'; readonly familyId: string }
  | { readonly kind: 'unknown-device' };

/** Without authorisation there is only the family (G5). Without a place the ministry's desk has the alert. */
export const plannedDeliveries = (consularNotification: boolean, hasPlace: boolean): Deliveries => {
  const family = { status: 'pending' } as const;
  if (!consularNotification) return { family };
  const ministry = { status: 'pending' } as const;
  return hasPlace ? { family, consulate: { status: 'pending' }, ministry } : { family, ministry };
};

/** Of a signal the trusted contact hears in the place of the family: the captor may be reading with the others. */
export const inSecret = ({ family: _unheard, ...officers }: Deliveries): Deliveries => ({
  ...officers,
  'family:trusted': { status: 'pending' },
});

const deliveriesOf = (press: Press, family: PressingFamily): Deliveries =>
  plannedDeliveries(
    family.consularNotification && !press.drill,
    isUsable(press.position) || isUsable(family.homePosition),
  );

/** Nobody hears of a muted phone's drill, or of what it presses long after it was lost. */
const unseenOf = (alert: Alert, muted: MutedPress): [Alert, MutedPress] => {
  const { heard, until } = muted;
  const occasion = until === undefined ? 'revoked-phone' : 'lost-phone';
  const secret: Alert = {
    ...alert,
    origin: { kind: 'duress-change', promisedAt: alert.raisedAt, occasion },
    duress: true,
    deliveries: inSecret(alert.deliveries),
  };
  return [secret, { ...muted, heard: heard && !alert.drill && !(until !== undefined && until < alert.raisedAt) }];
};

/** One read, one conditional write, nothing else before the answer (G1). A repeat that brings something is one write more. */
export const raiseAlert = async (
  deps: { readonly devices: PressDirectory; readonly alerts: PressStore; readonly now: Clock },
  token: DeviceToken,
  press: Press,
): Promise<RaiseOutcome> => {
  const family = await deps.devices.authenticatePress(token);
  if (!family) return { kind: 'unknown-device' };

  const alert: Alert = {
    ...press,
    familyId: family.device.familyId,
    deviceId: family.device.deviceId,
    state: 'raised',
    raisedAt: deps.now().toISOString(),
    consularNotification: family.consularNotification,
    deliveries: deliveriesOf(press, family),
    ...familyAlone(family.consularNotification, family.shownConsent),
  };
  if (family.muted) {
    await deps.alerts.putUnseen(...unseenOf(alert, family.muted));
    return { kind: 'unknown-device' };
  }
  const stored = await (press.drill ? deps.alerts.putDrill(alert) : deps.alerts.put(alert));
  switch (stored.kind) {
    case 'stored':
      return { kind: 'raised', alert };
    case 'exists': {
      const addition = additionOf(alert, stored.first);
      if (addition) await deps.alerts.add(addition);
      return { kind: 'repeated', alert: stored.alert };
    }
    case 'used-up':
      return { kind: 'used-up', familyId: alert.familyId };
  }
};
