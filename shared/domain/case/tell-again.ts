import type { Alert } from './alert.ts';
import type { CaseChange } from './case.ts';
import { onAlert } from './case-event.ts';
import type { DeliveryKey } from './deliveries.ts';
import { pendingTo } from './deliveries.ts';

/** The silence of a case goes on: these hear of it again. */
export const tellAgain = (alert: Alert, now: Date, throughMs: number, keys: readonly DeliveryKey[]): CaseChange => {
  const escalations = (alert.escalations ?? 0) + 1;
  return {
    alert,
    set: { escalations, mindedUntil: new Date(throughMs).toISOString() },
    events: [
      {
        ...onAlert(alert, now),
        type: 'alert.silent.v1',
        by: { kind: 'system' },
        eventId: `silent.${escalations}`,
        deliveries: pendingTo(keys),
      },
    ],
  };
};
