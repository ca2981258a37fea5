/**
 * As `Promise.all`, but all have ended before the fault of one is thrown: Lambda freezes what is under way when a function
 * ends, and it would go on within a later call, by what was read before.
 */
export const allEnded = async <Work extends readonly unknown[] | []>(
  work: Work,
): Promise<{ -readonly [Key in keyof Work]: Awaited<Work[Key]> }> => {
  await Promise.allSettled(work);
  return Promise.all(work);
};

/**
 * Works on all items, so many at a time: each worker takes the next that nobody has begun. A worker whose item rejects
 * stops, and the others go on with the rest. When nothing is under way any more, this rejects too. If as many items reject
 * as are worked on at a time, what is left is not begun.
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
  await allEnded(Array.from({ length: Math.min(atOnce, items.length) }, worker));
  return [...results].sort(([one], [other]) => one - other).map(([, result]) => result);
};
