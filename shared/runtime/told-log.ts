import type { StoredEvent } from '../telling/stored-event.ts';
import type { Told } from '../telling/tell.ts';
import { metricNames } from '../names.ts';
import type { Log } from './log.ts';

/** What stands behind a delivery, as people speak of it. @param chosenId the office that the press is brought to */
export const behind = (
  destination: string,
  chosenId?: string,
): { readonly destination: string; readonly officeId?: string } => {
  const [kind = destination, id = chosenId] = destination.split(':');
  if (kind === 'ministry') return { destination: kind, officeId: kind };
  if (kind !== 'consulate') return { destination: kind };
  return { destination: 'office', ...(id !== undefined && { officeId: id }) };
};

/**
 * Measures how long after a press each of those it is brought to was told. A drill is left out, and with it the canary, which
 * would cost the price of these metrics in every hour; so is one more press of a case.
 */
export const measureTold = (log: Log, stored: StoredEvent, { results, search }: Told, now: Date): void => {
  if (stored.kind !== 'alert' || stored.alert.drill || stored.alert.joined !== undefined) return;
  const { familyId, alertId, raisedAt, raisedTo } = stored.alert;
  const chosenId = search?.kind === 'chosen' ? search.assigned.id : raisedTo?.id;
  const seconds = (now.getTime() - Date.parse(raisedAt)) / 1000;
  for (const { kind, destination } of results) {
    if (kind === 'sent')
      log.measure(metricNames.secondsUntilTold, seconds, { familyId, alertId, ...behind(destination, chosenId) });
  }
};
