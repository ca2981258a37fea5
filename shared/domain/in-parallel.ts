/**
 * Works on all items, so many at a time: whoever is done takes the next that nobody has begun. If one rejects, so does
 * this.
 * @returns the results in the order of the items
 */
export const inParallel = async <In, Out>(
  items: readonly In[],
  atOnce: number,
  work: (item: In) => Promise<Out>,
): Promise<Out[]> => {
  const results = new Map<number, Out>();
  const waiting = items.entries();
  const worker = async (): Promise<void> => {
    for (const [index, item] of waiting) results.set(index, await work(item));
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, worker));
  return [...results].sort(([one], [other]) => one - other).map(([, result]) => result);
};
