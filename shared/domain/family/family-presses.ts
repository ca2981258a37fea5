import type { Alert } from '../case/alert.ts';
import { isHiddenFromDevices } from '../case/alert.ts';

/** What a change of the family has to know of one of its alerts. */
export type FamilyPress = Pick<Alert, 'alertId' | 'deviceId' | 'drill' | 'raisedAt' | 'state'> & {
  /** Until when the device sees it as cancelled, ISO 8601 UTC; absent: it was not cancelled. */
  readonly cancelledUntil?: string;
  /** Whether the family has not been told of it yet. */
  readonly untold: boolean;
};

/** Lists what a family pressed. */
export type FamilyPresses = {
  /** Every alert that is still kept, in no particular order. Strongly consistent. */
  list(familyId: string): Promise<readonly FamilyPress[]>;
};

/** An alert that still asks for people. */
export const isOpen = ({ drill, state }: FamilyPress): boolean => !drill && state !== 'closed';

/**
 * Whether the family's phones know an open alert as open. The others are open in secret: cancelled under duress, or
 * raised where no phone may know of it.
 */
export const isOpenForDevices = (press: FamilyPress): boolean =>
  isOpen(press) && press.cancelledUntil === undefined && !isHiddenFromDevices(press);
