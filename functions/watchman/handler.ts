import type { Context, ScheduledEvent } from 'aws-lambda';
import type { Alert } from '../../shared/domain/case/alert.ts';
import type { FamilyChangeDeps } from '../../shared/telling/family-changes.ts';
import { tellOfFamilyChange } from '../../shared/telling/family-changes.ts';
import { tellFamilyOfEvent, tellFamilyOfPress, welcomeFamily } from '../../shared/telling/to-family.ts';
import type { TellOfficesDeps } from '../../shared/telling/to-offices.ts';
import { tellOfficesOfEvent, tellOfficesOfPress } from '../../shared/telling/to-offices.ts';
import { remindOfCheckIn } from '../../shared/telling/to-person.ts';
import type { CaseStore } from '../../shared/domain/case/change-case.ts';
import type { CheckIn, CheckInStore } from '../../shared/domain/check-in/check-in.ts';
import type { EscalationDelays } from '../../shared/domain/case/escalate.ts';
import { escalateIfSilent } from '../../shared/domain/case/escalate.ts';
import type { DueStore } from '../../shared/telling/watch.ts';
import { watch } from '../../shared/telling/watch.ts';
import { fireCheckIn } from '../../shared/telling/watch-check-in.ts';
import { metricNames } from '../../shared/names.ts';
import { logDeliveries } from '../../shared/runtime/delivery-log.ts';
import type { Log } from '../../shared/runtime/log.ts';
import { createLog, describeFault } from '../../shared/runtime/log.ts';
import { logSearch } from '../../shared/runtime/search-log.ts';
import type { ReachDeps } from './check-reach.ts';
import { checkReach } from './check-reach.ts';

export type WatchmanDeps = {
  readonly due: DueStore;
  readonly cases: CaseStore;
  readonly delays: EscalationDelays;
  readonly checkIns: Pick<CheckInStore, 'miss'>;
  readonly newId: () => string;
  readonly family: FamilyChangeDeps;
  readonly authorities: TellOfficesDeps;
  readonly reach: ReachDeps;
};

// Enough to work through a backlog within a minute, few enough to leave SNS's rate to the fast path.
const concurrency = 20;

// Then the function has 20 seconds left to finish, and the next round begins after 25.
const budgetMs = 35_000;

const announceAlert = async ({ family, authorities }: WatchmanDeps, log: Log, alert: Alert) => {
  const [told, { results, search }] = await Promise.all([
    tellFamilyOfPress(family, alert),
    tellOfficesOfPress(authorities, alert),
  ]);
  if (search) logSearch(log, alert, search);
  return [...told, ...results];
};

const escalate = async ({ cases, delays, authorities }: WatchmanDeps, log: Log, alert: Alert) => {
  const { familyId, alertId, drill } = alert;
  const { nextAtMs, steps } = await escalateIfSilent({ ...authorities, cases, delays }, alert);
  if (steps === undefined) return nextAtMs;
  log.info('alert.escalated', { familyId, alertId, steps });
  if (steps > 1 && !drill) log.count(metricNames.unacknowledgedAlerts, { familyId, alertId });
  return nextAtMs;
};

const fire = async ({ checkIns, newId, family }: WatchmanDeps, log: Log, checkIn: CheckIn): Promise<boolean> => {
  const fired = await fireCheckIn({ checkIns, newId, families: family.families, now: family.now }, checkIn);
  const { familyId, checkInId } = checkIn;
  if (fired) log.info('check-in.missed', { familyId, checkInId, alertId: fired.alertId });
  return fired !== undefined;
};

/**
 * Every minute: sends what is still pending, escalates cases that no officer has acknowledged, looks after check-ins, and
 * then checks subscriptions.
 */
export const createHandler =
  (deps: WatchmanDeps) =>
  async (_event: ScheduledEvent, context: Context): Promise<void> => {
    const log = createLog({ function: 'watchman', requestId: context.awsRequestId });
    const { due, family, authorities, delays } = deps;
    const untilMs = family.now().getTime() + budgetMs;
    const { looked, isUnfinished, faults } = await watch(
      {
        due,
        delays,
        now: family.now,
        welcome: async (registered) => welcomeFamily(family, registered),
        announceAlert: async (alert) => announceAlert(deps, log, alert),
        announceEvent: async (event) => {
          const [told, { results }] = await Promise.all([
            tellFamilyOfEvent(family, event),
            tellOfficesOfEvent(authorities, event),
          ]);
          return [...told, ...results];
        },
        announceFamilyEvent: async (event) => tellOfFamilyChange(family, event),
        escalate: async (alert) => escalate(deps, log, alert),
        checkIns: {
          remind: async (checkIn) => remindOfCheckIn(family, checkIn),
          fire: async (checkIn) => fire(deps, log, checkIn),
        },
        report: (ref, results) => logDeliveries(log, ref, results),
      },
      { concurrency, budgetMs },
    );
    for (const { ref, cause } of faults) {
      log.error('event.failed', { familyId: ref.familyId, alertId: ref.alertId, ...describeFault(cause) });
    }
    log.info('watch.ended', { looked, failed: faults.length, unfinished: isUnfinished });
    await checkReach(deps.reach, log, untilMs);
  };
