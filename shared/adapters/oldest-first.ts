/** A part of one bucket of the `due` index, oldest first, and how to read on. */
export type DuePage<Entry> = {
  readonly entries: readonly Entry[];
  readonly next?: () => Promise<DuePage<Entry>>;
};

type Lane<Entry> = { page: DuePage<Entry>; taken: number };

const isUsedUp = <Entry>({ page, taken }: Lane<Entry>): boolean =>
  taken >= page.entries.length && page.next !== undefined;

const refill = async <Entry>(lane: Lane<Entry>): Promise<void> => {
  while (isUsedUp(lane) && lane.page.next) {
    lane.page = await lane.page.next();
    lane.taken = 0;
  }
};

/**
 * One list of all buckets, oldest first, reading on only as it is used: a round that has no time for all of it takes
 * what has waited longest, whichever bucket it is in.
 *
 * @throws at the end, the first fault of reading: a bucket that cannot be read does not keep the others from being used
 */
export const oldestFirst = async function* <Entry extends { readonly dueAtMs: number }>(
  pages: readonly DuePage<Entry>[],
): AsyncGenerator<Entry> {
  const lanes = pages.map((page): Lane<Entry> => ({ page, taken: 0 }));
  const faults: unknown[] = [];
  const tryRefill = async (lane: Lane<Entry>): Promise<void> => {
    try {
      await refill(lane);
    } catch (fault) {
      faults.push(fault);
      lane.page = { entries: [] };
    }
  };
  for (;;) {
    await Promise.all(lanes.filter(isUsedUp).map(tryRefill));
    let oldest: { readonly lane: Lane<Entry>; readonly entry: Entry } | undefined;
    for (const lane of lanes) {
      const entry = lane.page.entries[lane.taken];
      if (entry && (!oldest || entry.dueAtMs < oldest.entry.dueAtMs)) oldest = { lane, entry };
    }
    if (!oldest) break;
    oldest.lane.taken += 1;
    yield oldest.entry;
  }
  if (faults.length > 0) throw faults[0];
};
