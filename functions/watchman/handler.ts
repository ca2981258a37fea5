import type { Context, ScheduledEvent } from 'aws-lambda';
import type { AuthorityAnnouncementDeps } from '../../shared/domain/announce-to-authorities.ts';
import {
  announceEscalatedToAuthorities,
  announceRaisedToAuthorities,
} from '../../shared/domain/announce-to-authorities.ts';
import type { FamilyAnnouncementDeps } from '../../shared/domain/announce-to-family.ts';
import { announceRaisedToFamily, welcomeFamily } from '../../shared/domain/announce-to-family.ts';
import type { DueStore } from '../../shared/domain/watch.ts';
import { watch } from '../../shared/domain/watch.ts';
import { logDeliveries } from '../../shared/runtime/delivery-log.ts';
import { createLog, describeFault } from '../../shared/runtime/log.ts';
import { logSearch } from '../../shared/runtime/search-log.ts';

export type WatchmanDeps = {
  readonly due: DueStore;
  readonly family: FamilyAnnouncementDeps;
  readonly authorities: AuthorityAnnouncementDeps;
};

// Enough to work through a backlog within the minute, few enough to leave SNS's rate to the fast path.
const concurrency = 20;

/** Every minute: re-sends what is pending. */
export const createHandler =
  ({ due, family, authorities }: WatchmanDeps) =>
  async (_event: ScheduledEvent, context: Context): Promise<void> => {
    const log = createLog({ function: 'watchman', requestId: context.awsRequestId });
    const { looked, faults } = await watch(
      {
        due,
        now: family.now,
        welcome: async (registered) => welcomeFamily(family, registered),
        announceToFamily: async (alert) => announceRaisedToFamily(family, alert),
        announceToAuthorities: async (alert) => {
          const { results, search } = await announceRaisedToAuthorities(authorities, alert);
          if (search) logSearch(log, alert, search);
          return results;
        },
        announceEvent: async (event) => (await announceEscalatedToAuthorities(authorities, event)).results,
        report: (ref, results) => logDeliveries(log, ref, results),
      },
      { concurrency },
    );
    for (const { ref, cause } of faults) {
      log.error('event.failed', { familyId: ref.familyId, alertId: ref.alertId, ...describeFault(cause) });
    }
    log.info('watch.ended', { looked, failed: faults.length });
  };
