import { TransactionCanceledException, TransactionConflictException } from '@aws-sdk/client-dynamodb';
import { setTimeout } from 'node:timers/promises';

const isConflict = (fault: unknown): boolean =>
  fault instanceof TransactionConflictException ||
  (fault instanceof TransactionCanceledException &&
    (fault.CancellationReasons ?? []).some(({ Code }) => Code === 'TransactionConflict'));

const maximumTries = 5;
const longestPauseMs = 200;

/**
 * Tries a write again that met a transaction on the same item: the SDK does not, and the transaction is over in
 * milliseconds. Destinations of one alert share its item, and one that passes the alert on must not cost another its
 * claim.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis.html#transaction-conflict-handling
 */
export const retryConflicts = async <T>(write: () => Promise<T>, mostTries: number = maximumTries): Promise<T> => {
  for (let tries = 1; ; tries += 1) {
    try {
      return await write();
    } catch (fault) {
      if (!isConflict(fault) || tries >= mostTries) throw fault;
      await setTimeout(Math.min(10 * 2 ** tries, longestPauseMs) * Math.random());
    }
  }
};
