import type { Alert } from '../domain/case/alert.ts';
import type { Delivery, DeliveryKey } from '../domain/case/deliveries.ts';
import type { EventRef } from '../domain/event-ref.ts';
import type { DeliveryStore, OfficesOfPress, PressDeliveryStore } from './deliver.ts';

/** A message that is out waits so long for the others, and is recorded by itself then. */
const togetherWithinMs = 1000;

type Options = {
  readonly store: PressDeliveryStore;
  readonly ref: EventRef;
  /** The offices that were chosen, if the record has them by another basis. */
  readonly offices: () => OfficesOfPress | undefined;
  /** The press as it is once all were told. */
  readonly whenSettled: (alert: Alert) => Promise<void>;
};

/**
 * Ends those deliveries of a press that were sent in one write, when the last of them is out: what one write records costs
 * half. If the process dies before, they are told once more, as after any crash between a message and its record.
 */
export const settlingTogether = (keys: readonly DeliveryKey[], { store, ref, offices, whenSettled }: Options) => {
  const awaited = new Set(keys);
  const ended = new Map<DeliveryKey, Delivery>();
  let timer: NodeJS.Timeout | undefined;
  let isWritten = false;
  const { promise: isTime, resolve } = Promise.withResolvers<void>();

  const write = async (): Promise<void> => {
    await isTime;
    isWritten = true;
    clearTimeout(timer);
    const alert = await store.settlePress(ref, ended, ended.has('consulate') ? offices() : undefined);
    if (alert) {
      await whenSettled(alert);
      return;
    }
    // One has ended already, or another office has the case: each by itself.
    for (const [key, delivery] of ended) await store.settle(ref, key, delivery);
  };
  let written: Promise<void> | undefined;

  const lookWhether = (): void => {
    if (ended.size > 0 && [...awaited].every((key) => ended.has(key))) resolve();
  };

  return {
    /** The store for those who tell: what they end as sent waits for the others. */
    store: {
      ...store,
      settle: async (...[of, key, delivery, followUp]: Parameters<DeliveryStore['settle']>): Promise<void> => {
        if (delivery.status !== 'sent' || isWritten) return store.settle(of, key, delivery, followUp);
        ended.set(key, delivery);
        written ??= write();
        timer ??= setTimeout(resolve, togetherWithinMs);
        lookWhether();
        return written;
      },
    } satisfies PressDeliveryStore,
    /** From now on these are waited for. */
    waitFor: (others: readonly DeliveryKey[]): void => {
      awaited.clear();
      for (const key of others) awaited.add(key);
      lookWhether();
    },
    /** It ended otherwise. */
    without: (key: DeliveryKey): void => {
      awaited.delete(key);
      lookWhether();
    },
  };
};
