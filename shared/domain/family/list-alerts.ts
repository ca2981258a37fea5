import { isHiddenFromDevices } from '../case/alert.ts';
import type { Clock } from '../clock.ts';
import type { AlertState } from '../vocabulary.ts';
import type { DeviceDirectory, DeviceToken } from '../press/device.ts';
import type { FamilyPress, FamilyPresses } from './family-presses.ts';
import { newestFirst } from './family-presses.ts';

export type ListedAlert = Pick<FamilyPress, 'alertId' | 'raisedAt' | 'drill'> & { readonly state: AlertState };

const mostListedAlerts = 20;

/** As the phones see it: one that was cancelled is closed, whatever has become of it, and is forgotten in time (G7). */
const seen = ({ alertId, raisedAt, drill, shownState, cancelledUntil }: FamilyPress): ListedAlert => ({
  alertId,
  raisedAt,
  drill,
  state: cancelledUntil === undefined ? shownState : 'closed',
});

/** @returns `undefined` for an unknown device */
export const listAlerts = async (
  deps: { readonly devices: DeviceDirectory; readonly presses: FamilyPresses; readonly now: Clock },
  token: DeviceToken,
): Promise<readonly ListedAlert[] | undefined> => {
  const [device, presses] = await Promise.all([deps.devices.authenticate(token), deps.presses.list(token.familyId)]);
  if (!device) return undefined;
  const now = deps.now().getTime();
  return presses
    .filter((press) => !isHiddenFromDevices(press))
    .filter(({ cancelledUntil }) => cancelledUntil === undefined || Date.parse(cancelledUntil) > now)
    .toSorted(newestFirst)
    .slice(0, mostListedAlerts)
    .map(seen);
};
