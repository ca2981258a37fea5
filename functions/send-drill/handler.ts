import type { Context } from 'aws-lambda';
import * as z from 'zod';
import { createLog, describeFault } from '../../shared/runtime/log.ts';
import type { OfficeTestOutcome, SendOfficeTestDeps } from '../../shared/telling/send-office-test.ts';
import { sendOfficeTest } from '../../shared/telling/send-office-test.ts';

/** From `npm run consulate -- test`: ids of offices, or `ministry`. */
const request = z.object({
  offices: z
    .array(z.string().regex(/^[a-z-]+$/))
    .min(1)
    .max(100),
});

type Sent = { readonly office: string; readonly outcome: OfficeTestOutcome | 'failed' };

/**
 * Sends each office a test message, one after the other. Only in this way can an operator publish to an office: the
 * topics' policies deny everybody else.
 * Throws for an event that is not a {@link request}. A fault of one office leaves the others alone.
 */
export const createHandler =
  (deps: SendOfficeTestDeps) =>
  async (event: unknown, context: Pick<Context, 'awsRequestId'>): Promise<{ readonly sent: readonly Sent[] }> => {
    const log = createLog({ function: 'send-drill', requestId: context.awsRequestId });
    const sent: Sent[] = [];
    for (const office of request.parse(event).offices) {
      const outcome = await sendOfficeTest(deps, office).catch((fault: unknown) => {
        log.error('drill.failed', { consulateId: office, ...describeFault(fault) });
        return 'failed' as const;
      });
      sent.push({ office, outcome });
    }
    const accepted = sent.filter(({ outcome }) => outcome === 'accepted').length;
    log.info('drill.sent', { accepted, asked: sent.length });
    return { sent };
  };
