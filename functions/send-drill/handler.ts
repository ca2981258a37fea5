import type { Context } from 'aws-lambda';
import * as z from 'zod';
import { type Log, createLog, describeFault } from '../../shared/runtime/log.ts';
import type { OfficeDrillOutcome, RaiseOfficeDrillDeps } from '../../shared/telling/raise-office-drill.ts';
import { raiseOfficeDrill } from '../../shared/telling/raise-office-drill.ts';
import type { OfficeTestOutcome, SendOfficeTestDeps } from '../../shared/telling/send-office-test.ts';
import { sendOfficeTest } from '../../shared/telling/send-office-test.ts';

/** Ids of offices, or `ministry`. */
const offices = z
  .array(z.string().regex(/^[a-z-]+$/))
  .min(1)
  .max(100);

const request = z.union([
  /** From `npm run consulate -- test`. */
  z.strictObject({ offices }),
  /** From `npm run consulate -- drill`. */
  z.strictObject({ drill: offices, pagesPhones: z.boolean() }),
]);

type Failed = { readonly outcome: 'failed' };
type Sent = { readonly office: string; readonly outcome: OfficeTestOutcome | 'failed' };
type Drilled = { readonly office: string } & (OfficeDrillOutcome | Failed);

/** One after the other. A fault of one office leaves the others alone. */
const each = async <R extends { readonly outcome: string }>(
  ids: readonly string[],
  log: Log,
  work: (office: string) => Promise<R>,
): Promise<readonly ({ readonly office: string } & (R | Failed))[]> => {
  const done: ({ readonly office: string } & (R | Failed))[] = [];
  for (const office of ids) {
    const outcome = await work(office).catch((fault: unknown): Failed => {
      log.error('drill.failed', { consulateId: office, ...describeFault(fault) });
      return { outcome: 'failed' };
    });
    done.push({ office, ...outcome });
  }
  return done;
};

/**
 * Sends each office a test message, or raises a drill that each must take. Only in this way can an operator publish to an
 * office, or write a case: the topics' policies, and the role of an operator, deny both.
 * Throws for an event that is not a {@link request}.
 */
export const createHandler =
  (deps: SendOfficeTestDeps & RaiseOfficeDrillDeps) =>
  async (
    event: unknown,
    context: Pick<Context, 'awsRequestId'>,
  ): Promise<{ readonly sent: readonly Sent[] } | { readonly drills: readonly Drilled[] }> => {
    const log = createLog({ function: 'send-drill', requestId: context.awsRequestId });
    const asked = request.parse(event);
    if ('drill' in asked) {
      const drills = await each(asked.drill, log, async (office) => raiseOfficeDrill(deps, office, asked));
      const raised = drills.filter(({ outcome }) => outcome === 'raised').length;
      log.info('drill.raised', { raised, asked: drills.length });
      return { drills };
    }
    const sent = await each(asked.offices, log, async (office) => ({ outcome: await sendOfficeTest(deps, office) }));
    const accepted = sent.filter(({ outcome }) => outcome === 'accepted').length;
    log.info('drill.sent', { accepted, asked: sent.length });
    return { sent };
  };
