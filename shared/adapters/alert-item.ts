import type { Alert } from '../domain/case/alert.ts';
import { alertRetentionMs, watchAfterMs } from '../domain/limits.ts';
import { alertKey, dueBucketOf } from './dynamo-keys.ts';

/** A new alert as its item, pressed or not: the first event of its timeline, due after a minute. */
export const raisedAlertItem = (alert: Alert) => {
  const raisedAtMs = Date.parse(alert.raisedAt);
  return {
    ...alertKey(alert.familyId, alert.alertId),
    itemType: 'alert' as const,
    eventType: 'alert.raised.v1',
    ...alert,
    dueBucket: dueBucketOf(alert.alertId),
    dueAt: raisedAtMs + watchAfterMs,
    expiresAt: Math.floor((raisedAtMs + alertRetentionMs) / 1000),
  };
};
