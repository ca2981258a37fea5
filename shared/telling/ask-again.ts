import { type Alert, isUntaken } from '../domain/case/alert.ts';
import { type Delivery, isKeyOfPress, officeOf } from '../domain/case/deliveries.ts';
import type { Clock } from '../domain/clock.ts';
import { askedAgainMs } from '../domain/limits.ts';
import type { OfficeChannel } from './channel.ts';
import type { PressDeliveryStore } from './deliver.ts';

export type AskAgainDeps = {
  readonly channel: Pick<OfficeChannel, 'reach'>;
  readonly deliveries: Pick<PressDeliveryStore, 'doubt'>;
  readonly now: Clock;
};

/** Asks of each office once, however many presses it was told of. */
export const askingOnce = ({ channel }: Pick<AskAgainDeps, 'channel'>): OfficeChannel['reach'] => {
  const asked = new Map<string, Promise<number | undefined>>();
  return async (topic) => {
    const asking = asked.get(topic.officeId) ?? channel.reach(topic);
    asked.set(topic.officeId, asking);
    return asking;
  };
};

/** Which offices the press was called sent to just now, by the check alone. */
const sentByCheck = (alert: Alert, now: Date) =>
  Object.keys(alert.deliveries)
    .filter(isKeyOfPress)
    .flatMap((key) => {
      const { byCheck = false, at = alert.raisedAt, id } = alert.deliveries[key] ?? {};
      const isYoung = now.getTime() - Date.parse(at) < askedAgainMs;
      const officeId = key === 'consulate' ? id : (officeOf(key) ?? key);
      return byCheck && isYoung && officeId !== undefined ? [{ key, officeId }] : [];
    });

/**
 * A press is called sent by what the last check of an office found, up to a quarter of an hour before: so the watchman asks
 * when it looks at the press, and where nobody is there by now it is told as any office without subscribers is, in the same
 * round. Not of a case that an officer has taken.
 *
 * @param reachOf see {@link askingOnce}
 * @returns the press as it is then; `isUnknown`: SNS did not say it of all
 */
export const askAgain = async (
  deps: AskAgainDeps,
  alert: Alert,
  reachOf: OfficeChannel['reach'],
): Promise<{ readonly alert: Alert; readonly isUnknown: boolean }> => {
  const { familyId, alertId } = alert;
  if (!isUntaken(alert)) return { alert, isUnknown: false };
  const deliveries: Record<string, Delivery | undefined> = { ...alert.deliveries };
  let isUnknown = false;
  for (const { key, officeId } of sentByCheck(alert, deps.now())) {
    const reached = await reachOf({ officeId });
    isUnknown ||= reached === undefined;
    if (reached === 0 && (await deps.deliveries.doubt({ familyId, alertId }, key, deps.now()))) {
      deliveries[key] = { status: 'pending' };
    }
  }
  return { alert: { ...alert, deliveries }, isUnknown };
};
