import type { Context } from 'aws-lambda';
import * as z from 'zod';
import type { Clock } from '../../shared/domain/clock.ts';
import type { Secrets } from '../../shared/domain/family/register-family.ts';
import type { CanaryFamily } from '../../shared/domain/press/canary.ts';
import { canaryFamilyId, logEvents } from '../../shared/names.ts';
import { createLog, describeFault } from '../../shared/runtime/log.ts';

export type ProbeDeps = {
  readonly family: CanaryFamily;
  readonly secrets: Pick<Secrets, 'newId' | 'newSecret'>;
  readonly now: Clock;
  readonly fetch: (url: string, init: RequestInit) => Promise<Pick<Response, 'status'>>;
  /** Base URL that phones press at, without a trailing slash. */
  readonly publicUrl: string;
  /** Longest wait for the answer. */
  readonly timeoutMs: number;
};

/** https://docs.aws.amazon.com/lambda/latest/dg/with-sns.html */
const published = z.object({ Records: z.array(z.object({ Sns: z.object({ Timestamp: z.string() }) })).min(1) });

/** @returns the status with which the press was answered */
const press = async ({ family, secrets, now, fetch, publicUrl, timeoutMs }: ProbeDeps): Promise<number> => {
  // Good for this press alone, and kept nowhere.
  const { secret, secretHash } = secrets.newSecret();
  await family.renew({ secretHash, deviceId: secrets.newId(), now: now() });
  const { status } = await fetch(`${publicUrl}/v1/alerts`, {
    method: 'POST',
    headers: { authorization: `Bearer ${canaryFamilyId}.${secret}`, 'content-type': 'application/json' },
    body: JSON.stringify({ alertId: secrets.newId(), drill: true, pressedAt: now().toISOString() }),
    signal: AbortSignal.timeout(timeoutMs),
  });
  return status;
};

/**
 * The canary. The schedule has it press a drill as a phone does; when that has come all the way to its family's topic, SNS
 * brings it the message. The alarm counts its runs, two for each press that is heard, so a press that is not taken ends as
 * a run that succeeds: Lambda runs again what fails.
 */
export const createHandler =
  (deps: ProbeDeps) =>
  async (event: unknown, context: Pick<Context, 'awsRequestId'>): Promise<void> => {
    const log = createLog({ function: 'probe-press', requestId: context.awsRequestId });
    const { success, data } = published.safeParse(event);
    if (!success) {
      try {
        const status = await press(deps);
        if (status !== 202) log.error('canary.refused', { status });
      } catch (fault) {
        log.error('canary.failed', describeFault(fault));
      }
      return;
    }
    const pressedAt = await deps.family.pressedAt();
    for (const { Sns } of data.Records) {
      const seconds = (Date.parse(Sns.Timestamp) - Date.parse(pressedAt ?? '')) / 1000;
      // What was published before belongs to a press that is forgotten.
      if (seconds >= 0) log.info(logEvents.canaryHeard, { seconds });
      else log.warn('canary.late');
    }
  };
