import type { Alert } from '../case/alert.ts';
import { type Position, isUsable } from '../position.ts';

/** What a repeated press brings that the first lacked: its answer was lost, or the phone has found its place since. */
export type Addition = {
  readonly familyId: string;
  readonly alertId: string;
  readonly at: string;
  readonly position?: Position;
  readonly note?: string;
};

export type FirstPress = { readonly hasPosition: boolean; readonly hasNote: boolean };

/** Decided on the press alone, whatever has become of its case: nothing here may differ between the PINs (G7). */
export const additionOf = (repeated: Alert, { hasPosition, hasNote }: FirstPress): Addition | undefined => {
  const { familyId, alertId, raisedAt: at, position, note } = repeated;
  const added = {
    ...(!hasPosition && position && isUsable(position) && { position }),
    ...(!hasNote && note !== undefined && { note }),
  };
  return Object.keys(added).length > 0 ? { familyId, alertId, at, ...added } : undefined;
};
