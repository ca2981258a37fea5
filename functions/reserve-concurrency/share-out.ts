/** A function, and how many executions should be, or are, kept for it. */
export type Wish = { readonly functionName: string; readonly executions: number };

/** AWS keeps so many for all that reserve nothing, and refuses to go below. */
const unreserved = 100;
/** With fewer than these a function would be slower with a reservation, which is its ceiling as well, than without. */
const fewest = 20;

export const sumOf = (wishes: readonly Wish[]): number => wishes.reduce((sum, { executions }) => sum + executions, 0);

/**
 * What each function is to have: all that it wishes, or its part of what there is, or `undefined` for all where the parts
 * would be too small.
 * @param free executions that are reserved for no function, those held for these functions now included
 */
export const shareOut = (free: number, wishes: readonly Wish[]): readonly Wish[] | undefined => {
  const part = Math.min(1, (free - unreserved) / sumOf(wishes));
  const shares = wishes.map(({ functionName, executions }) => ({
    functionName,
    executions: Math.floor(executions * part),
  }));
  return shares.every(({ executions }) => executions >= fewest) ? shares : undefined;
};
