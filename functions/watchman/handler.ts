import type { Context, ScheduledEvent } from 'aws-lambda';
import { createLog } from '../../shared/runtime/log.ts';
import { type CheckReachDeps, checkReach } from '../../shared/telling/check-reach.ts';
import { type WatchDeps, watch } from '../../shared/telling/watch.ts';
import { logFinding, logHappening } from './log-round.ts';

export type WatchmanDeps = WatchDeps & { readonly reach: CheckReachDeps };

// Enough to work through a backlog within the minute, few enough to leave SNS's rate to the fast path.
const concurrency = 20;

// Then the function has 20 seconds left for what it has begun, and the next round begins after 25.
const budgetMs = 35_000;

/**
 * Every minute: sends what is pending again, tells people of cases that wait for them, minds the check-ins; then checks
 * subscriptions.
 */
export const createHandler =
  (deps: WatchmanDeps) =>
  async (_event: ScheduledEvent, context: Context): Promise<void> => {
    const log = createLog({ function: 'watchman', requestId: context.awsRequestId });
    const untilMs = deps.now().getTime() + budgetMs;
    for await (const happening of watch(deps, { concurrency, budgetMs })) logHappening(log, happening, deps.now());
    for await (const finding of checkReach(deps.reach, untilMs)) logFinding(log, finding);
  };
