import type { ChosenConsulate } from '../domain/offices/choose-consulate.ts';
import { metricNames } from '../names.ts';
import type { EventRef } from '../domain/event-ref.ts';
import type { Log } from './log.ts';

/** Counts what Amazon Location did not decide, or decided otherwise than our own distance, or what had no districts: another
 * office may be responsible, and has not heard. */
export const logSearch = (log: Log, { familyId, alertId }: EventRef, search: ChosenConsulate): void => {
  if (search.kind !== 'chosen') return;
  const fields = { familyId, alertId, consulateId: search.assigned.id };
  if (search.fallbackReason !== undefined)
    log.count(metricNames.locationFallbacks, { ...fields, reason: search.fallbackReason });
  if (search.districtFailed) log.count(metricNames.unreachableDestinations, { ...fields, reason: 'no-district' });
  if (search.disagreement) {
    log.count(metricNames.locationDisagreements, {
      ...fields,
      extraMeters: Math.round(search.disagreement.extraMeters),
    });
  }
};
