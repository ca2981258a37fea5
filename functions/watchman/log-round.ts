import type { CaseEvent } from '../../shared/domain/case/case-event.ts';
import { logEvents, metricNames } from '../../shared/names.ts';
import { logDeliveries } from '../../shared/runtime/delivery-log.ts';
import { type Log, describeFault } from '../../shared/runtime/log.ts';
import { logSearch } from '../../shared/runtime/search-log.ts';
import type { Finding } from '../../shared/telling/check-reach.ts';
import { startOf } from '../../shared/telling/stored-event.ts';
import type { Happening } from '../../shared/telling/watch.ts';
import { measureTold } from '../../shared/runtime/told-log.ts';

/** The ministry knows, and still nobody has the case: only people outside of this service can mend that. */
const isTakenByNobody = (event: CaseEvent): boolean =>
  event.deliveries.ministry !== undefined &&
  (event.type === 'alert.silent.v1' || (event.type === 'alert.escalated.v1' && event.consulate.id === 'ministry'));

/** A case has looked for a representative for so long that the ministry is told as well. */
const isLateForLawyer = (event: CaseEvent): boolean =>
  event.type === 'representative.unanswered.v1' && event.late === true;

/** What the stream was to tell, and the watchman told or could not tell either. */
const logLate = (log: Log, { ref, late, ...told }: Happening & { readonly kind: 'told' }, now: Date): void => {
  if (!late) return;
  measureTold(log, late, told, now);
  // A change of a family may wait by design: a goodbye for the end of a case, a first word for thirty days.
  if (late.kind === 'family-event' || !told.results.some(({ kind }) => kind === 'sent' || kind === 'failed')) return;
  const { familyId, alertId, eventId } = ref;
  const seconds = (now.getTime() - startOf(late).getTime()) / 1000;
  log.measure(metricNames.oldestUntoldSeconds, seconds, { familyId, alertId, eventId });
};

/** Logs what happened in a round, and counts what the operator's alarms wait for. */
export const logHappening = (log: Log, happening: Happening, now: Date): void => {
  switch (happening.kind) {
    case 'told':
      if (happening.search) logSearch(log, happening.ref, happening.search);
      logDeliveries(log, happening.ref, happening.results);
      logLate(log, happening, now);
      break;
    case 'minded': {
      const { ref, event } = happening;
      log.info('case.minded', { ...ref, type: event.type, eventId: event.eventId });
      if (isLateForLawyer(event)) log.count(metricNames.casesWithoutRepresentative, { ...ref });
      if (isTakenByNobody(event)) log.count(metricNames.unacknowledgedAlerts, { ...ref });
      break;
    }
    case 'missed':
      log.info('check-in.missed', { ...happening.ref, alertId: happening.alertId });
      break;
    case 'digest':
      for (const { ref, result } of happening.told) logDeliveries(log, ref, [result]);
      log.info('digest.ended', { officeId: happening.officeId, cases: happening.cases, told: happening.told.length });
      break;
    case 'digest-failed':
      log.error('digest.failed', { officeId: happening.officeId, ...describeFault(happening.cause) });
      break;
    case 'digest-late':
      log.measure(metricNames.oldestUntoldSeconds, happening.seconds, {
        officeId: happening.officeId,
        waiting: happening.waiting,
      });
      break;
    case 'failed':
      log.error('event.failed', { ...happening.ref, ...describeFault(happening.cause) });
      break;
    case 'ended': {
      const { looked, failed, unfinished } = happening;
      log.info('watch.ended', { looked, failed, unfinished });
    }
  }
};

/** Logs what a check of subscriptions found. */
export const logFinding = (log: Log, finding: Finding): void => {
  switch (finding.kind) {
    case 'offices':
      log.info(logEvents.officesChecked, { unheard: finding.empty.length, offices: finding.empty.join(',') });
      for (const officeId of finding.lost) log.count(metricNames.unreachableDestinations, { officeId, reason: 'lost' });
      if (finding.mended > 0) log.info('filters.set', { subscriptions: finding.mended });
      break;
    case 'family-lost':
      log.count(metricNames.familiesUnheard, { familyId: finding.familyId, reason: 'lost' });
      break;
    case 'opt-outs-unknown':
      log.count(metricNames.familiesUnheard, {
        familyId: finding.familyId,
        reason: 'opt-outs-unknown',
        phones: finding.phones,
      });
      break;
    case 'contacts-refused':
      log.count(metricNames.familiesUnheard, {
        familyId: finding.familyId,
        reason: 'refused',
        contacts: finding.contacts,
      });
      break;
    case 'family-failed':
      log.error('check.failed', { familyId: finding.familyId, ...describeFault(finding.cause) });
      break;
    case 'failed':
      log.error('checks.failed', describeFault(finding.cause));
  }
};
