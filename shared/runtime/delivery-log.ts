import type { EventRef } from '../domain/event-ref.ts';
import type { DeliveryResult } from '../telling/deliver.ts';
import { metricNames } from '../names.ts';
import { type Log, describeFault } from './log.ts';
import { behind } from './told-log.ts';

export const logDeliveries = (log: Log, ref: EventRef, results: readonly DeliveryResult[]): void => {
  for (const result of results) {
    const fields = { familyId: ref.familyId, alertId: ref.alertId, destination: result.destination };
    switch (result.kind) {
      case 'sent':
        log.info('destination.sent', fields);
        break;
      case 'left':
        log.info('destination.left', fields);
        break;
      case 'gathered':
        log.info('destination.gathered', fields);
        break;
      case 'unreachable':
        log.count(metricNames.unreachableDestinations, {
          ...fields,
          officeId: behind(result.destination).officeId,
          reason: result.reason,
        });
        break;
      case 'unheard':
        // No family: whoever reads the alarm is not among those who may know.
        log.count(metricNames.unreachableDestinations, { reason: 'second-pin' });
        break;
      case 'failed':
        log.warn('destination.failed', { ...fields, ...describeFault(result.cause) });
        break;
    }
  }
};

/** An error if a destination failed: the stream then sends the record again. */
export const failedDeliveries = (results: readonly DeliveryResult[]): Error | undefined => {
  const failed = results.filter((result) => result.kind === 'failed');
  return failed.length === 0 ? undefined : new DestinationsPendingError(failed.map(({ destination }) => destination));
};

class DestinationsPendingError extends Error {
  constructor(destinations: readonly string[]) {
    super(`Still pending: ${destinations.join(', ')}.`);
    this.name = 'DestinationsPendingError';
  }
}
