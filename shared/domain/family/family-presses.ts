import type { Alert } from '../case/alert.ts';
import { isHiddenFromDevices } from '../case/alert.ts';

export type FamilyPress = Pick<
  Alert,
  'alertId' | 'deviceId' | 'drill' | 'raisedAt' | 'state' | 'consularNotification'
> & {
  /** As phones may see it while it was not cancelled. */
  readonly shownState: Alert['state'];
  /** The device sees it as cancelled until then, ISO 8601 UTC; absent: it was not cancelled. */
  readonly cancelledUntil?: string;
  readonly untold: boolean;
  readonly joined: boolean;
  readonly told: readonly string[];
};

export type FamilyPresses = {
  /** Unexpired alerts in any order. Strongly consistent. */
  list(familyId: string): Promise<readonly FamilyPress[]>;
};

export const newestFirst = (a: Pick<FamilyPress, 'raisedAt'>, b: Pick<FamilyPress, 'raisedAt'>): number =>
  a.raisedAt < b.raisedAt ? 1 : -1;

export const isOpen = ({ drill, state }: FamilyPress): boolean => !drill && state !== 'closed';

/** Other open alerts are open in secret: cancelled under duress, or raised without the knowledge of any phone. */
export const isOpenForDevices = (press: FamilyPress): boolean =>
  !press.drill && press.shownState !== 'closed' && press.cancelledUntil === undefined && !isHiddenFromDevices(press);
