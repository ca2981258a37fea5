import type { CheckOfficesDeps } from '../../shared/telling/check-offices.ts';
import { checkOffices } from '../../shared/telling/check-offices.ts';
import type { DueCheck } from '../../shared/domain/family/reach.ts';
import type { CheckFamilyDeps } from '../../shared/telling/check-families.ts';
import { checkFamily } from '../../shared/telling/check-families.ts';
import { firstReachCheckMs } from '../../shared/domain/limits.ts';
import { metricNames } from '../../shared/names.ts';
import type { Log } from '../../shared/runtime/log.ts';
import { describeFault } from '../../shared/runtime/log.ts';

export type ReachDeps = CheckFamilyDeps & Omit<CheckOfficesDeps, 'untilMs'>;

// 115,000 families a day; an account has 100,000 topics.
const familiesARound = 80;

// Two lanes: an account has 30 listings a second, and phones that ask for their family need some.
const concurrency = 2;

const checkOne = async (deps: ReachDeps, log: Log, check: DueCheck): Promise<void> => {
  const { familyId } = check;
  try {
    const outcome = await checkFamily(deps, check);
    if (outcome.kind === 'checked' && outcome.lost) log.count(metricNames.familiesThatLostSubscribers, { familyId });
  } catch (fault) {
    log.error('check.failed', { familyId, ...describeFault(fault) });
    // A check that always fails must not stay at the head of the queue.
    await deps.reaches.end(check, deps.now().getTime() + firstReachCheckMs).catch(() => false);
  }
};

const checkFamilies = async (deps: ReachDeps, log: Log, untilMs: number): Promise<void> => {
  const queue = [...(await deps.reaches.due(deps.now(), familiesARound))];
  const work = async (): Promise<void> => {
    for (let check = queue.shift(); check && deps.now().getTime() < untilMs; check = queue.shift()) {
      await checkOne(deps, log, check);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, work));
};

/**
 * When no alert waits any more, the watchman checks who would hear of the next one. A fault here never fails the round.
 * @param untilMs epoch milliseconds; from then on nothing more is begun, and the rest stays due
 */
export const checkReach = async (deps: ReachDeps, log: Log, untilMs: number): Promise<void> => {
  try {
    const found = await checkOffices({ ...deps, untilMs });
    if (found) {
      const { empty, lost } = found;
      log.gauge(metricNames.officesWithoutSubscribers, empty.length, { offices: empty.join(',') });
      for (const officeId of lost) log.count(metricNames.officesThatLostSubscribers, { officeId });
    }
    await checkFamilies(deps, log, untilMs);
  } catch (fault) {
    log.error('checks.failed', describeFault(fault));
  }
};
