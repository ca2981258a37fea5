import type { DeliveryKey } from '../domain/case/deliveries.ts';
import type { EventRef } from '../domain/event-ref.ts';

/** One destination of one event that people of an office will be told of by a digest. */
export type DigestEntry = {
  /** Unique among the office's, later for what came later. */
  readonly entryId: string;
  readonly ref: EventRef & { readonly alertId: string };
  readonly destination: DeliveryKey;
  readonly drill: boolean;
  readonly urgent: boolean;
  /** ISO 8601 UTC. */
  readonly gatheredAt: string;
};

/** What waits for digests. {@link DeliveryStore.gather} adds to it. */
export type DigestStore = {
  /** Ids of the offices, or `ministry`, for whom something waits. */
  offices(now: Date): Promise<readonly string[]>;
  /**
   * Keeps other watchmen from this office's digests for so long; again with the same `claimId`, for longer.
   * @returns whether it is ours now
   */
  claim(
    officeId: string,
    options: { readonly now: Date; readonly leaseMs: number; readonly claimId: string },
  ): Promise<boolean>;
  /** Everything that waits, the oldest first. Strongly consistent. */
  entries(officeId: string): Promise<readonly DigestEntry[]>;
  /** Takes away what people have been told of. */
  remove(officeId: string, entries: readonly DigestEntry[]): Promise<void>;
  /** Gives the claim back, if it still is ours, so that the next round need not wait for the lease. */
  release(officeId: string, claimId: string): Promise<void>;
};
