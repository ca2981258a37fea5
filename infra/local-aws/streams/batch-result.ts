import * as z from 'zod';
import type { InvokeOutcome } from '../functions/lambda-worker.ts';
import { parseJson } from '../json.ts';
import type { Queued } from './queued.ts';

/** What is to be tried again: parts of the batch, in this order. Empty: the batch is done. */
export type RetryPlan = { readonly retry: readonly (readonly Queued[])[]; readonly countsAsRetry: boolean };

const done: RetryPlan = { retry: [], countsAsRetry: false };

const reportSchema = z.object({
  batchItemFailures: z.array(z.object({ itemIdentifier: z.string() })).nullish(),
});

/** Splitting in two does not count towards the retries, a batch of one cannot be split. */
const whole = (batch: readonly Queued[], bisect: boolean): RetryPlan => {
  if (!bisect || batch.length < 2) return { retry: [batch], countsAsRetry: true };
  const middle = Math.ceil(batch.length / 2);
  return { retry: [batch.slice(0, middle), batch.slice(middle)], countsAsRetry: false };
};

/**
 * What Lambda makes of an invocation's outcome. Reported failures: everything from the lowest failed sequence number
 * on is tried again; an identifier that is not in the batch, or a report it cannot read, fails the whole batch.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html
 */
export const retryPlan = (
  batch: readonly Queued[],
  outcome: InvokeOutcome,
  { bisectOnError, reportsItemFailures }: { readonly bisectOnError: boolean; readonly reportsItemFailures: boolean },
): RetryPlan => {
  if (outcome.kind === 'error') return whole(batch, bisectOnError);
  const result = parseJson(outcome.payload);
  if (!reportsItemFailures || result === null || result === undefined) return done;
  const report = reportSchema.safeParse(result);
  if (!report.success) return whole(batch, bisectOnError);
  const failures = report.data.batchItemFailures ?? [];
  if (failures.length === 0) return done;
  const indexes = failures.map(({ itemIdentifier }) =>
    batch.findIndex(({ dynamodb }) => dynamodb.SequenceNumber === itemIdentifier),
  );
  if (indexes.includes(-1)) return whole(batch, bisectOnError);
  return { retry: [batch.slice(Math.min(...indexes))], countsAsRetry: true };
};
