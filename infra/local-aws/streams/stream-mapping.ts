import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Activity } from '../activity.ts';
import type { StreamRecord } from '../dynamodb/stream-records.ts';
import { messageOf } from '../json.ts';
import type { LambdaFunction } from '../functions/lambda-function.ts';
import { retryPlan } from './batch-result.ts';
import type { EventFilter } from './event-filter.ts';
import { failureDocument, type FailureCondition } from './failure-document.ts';
import type { Queued } from './queued.ts';

export type StreamMappingOptions = {
  readonly function: LambdaFunction;
  readonly streamArn: string;
  readonly filter: EventFilter;
  readonly batchSize: number;
  /** Batches of one shard that run at the same time; records of one item stay in order. */
  readonly parallelizationFactor: number;
  readonly bisectOnError: boolean;
  readonly reportsItemFailures: boolean;
  /** Retries of a batch after the first attempt; -1 = until it succeeds or is too old. */
  readonly maximumRetryAttempts: number;
  /** -1 = no limit. */
  readonly maximumRecordAgeSeconds: number;
  /** Told of what was given up; absent: it is given up in silence, as in AWS. */
  readonly onFailure: ((document: unknown) => void) | undefined;
  readonly now: () => Date;
  readonly activity: Activity;
  readonly log: (line: string) => void;
};

/** The reader of a table's stream for one function. */
export type StreamMapping = {
  readonly functionName: string;
  /** Takes the next record of the stream; returns at once. */
  readonly accept: (record: StreamRecord) => void;
  /** Forgets what has not been handed over, and stops retrying. */
  readonly clear: () => void;
};

/** Lambda waits longer and longer between retries; here in milliseconds, so that a test does not wait. */
const retryDelayMs = (attempt: number): number => Math.min(20 * 2 ** attempt, 500);

const laneOf = (record: StreamRecord, lanes: number): number =>
  createHash('sha256').update(JSON.stringify(record.dynamodb.Keys)).digest().readUInt32BE() % lanes;

const isTooOld = (record: Queued, { maximumRecordAgeSeconds, now }: StreamMappingOptions): boolean =>
  maximumRecordAgeSeconds >= 0 &&
  now().getTime() / 1000 - record.dynamodb.ApproximateCreationDateTime > maximumRecordAgeSeconds;

const giveUp = (
  { log, onFailure, streamArn, function: { arn: functionArn }, now }: StreamMappingOptions,
  failure: { readonly records: readonly Queued[]; readonly condition: FailureCondition; readonly attempts: number },
): void => {
  const { records, condition, attempts } = failure;
  log(`stream records given up: ${condition}, ${records.length} records after ${attempts} attempts`);
  onFailure?.(failureDocument({ ...failure, streamArn, functionArn, now: now() }));
};

/** @see https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html and services-ddb-batchfailurereporting.html */
export const createStreamMapping = (options: StreamMappingOptions): StreamMapping => {
  const { activity, streamArn } = options;
  const lanes = Array.from({ length: options.parallelizationFactor }, () => ({
    queue: new Array<Queued>(),
    running: false,
  }));
  let generation = 0;

  /** Hands a batch over until it is done with: succeeded or given up. */
  const handOver = async (batch: readonly Queued[], failedAttempts: number, ofGeneration: number): Promise<void> => {
    if (batch.length === 0 || ofGeneration !== generation) return;
    const [head] = batch;
    if (head !== undefined && isTooOld(head, options)) {
      giveUp(options, { records: [head], condition: 'RecordAgeExceeded', attempts: failedAttempts });
      await handOver(batch.slice(1), failedAttempts, ofGeneration);
      return;
    }
    const outcome = await options.function.invoke({ Records: batch });
    const plan = retryPlan(batch, outcome, options);
    if (plan.retry.length === 0) return;
    const attempts = failedAttempts + (plan.countsAsRetry ? 1 : 0);
    const [first = []] = plan.retry;
    if (options.maximumRetryAttempts >= 0 && attempts > options.maximumRetryAttempts) {
      giveUp(options, { records: first, condition: 'RetryAttemptsExhausted', attempts });
      return;
    }
    await delay(retryDelayMs(attempts), undefined, { ref: false });
    for (const part of plan.retry) await handOver(part, attempts, ofGeneration);
  };

  const drain = async (lane: (typeof lanes)[number]): Promise<void> => {
    // One turn of the event loop lets records of one burst come into one batch.
    await delay(0);
    while (lane.queue.length > 0) {
      await handOver(lane.queue.splice(0, options.batchSize), 0, generation).catch((error: unknown) => {
        options.log(`stream batch lost: ${messageOf(error)}`);
      });
    }
    lane.running = false;
  };

  return {
    functionName: options.function.name,
    accept: (record) => {
      if (!options.filter(record)) return;
      const lane = lanes[laneOf(record, lanes.length)];
      if (lane === undefined) return;
      lane.queue.push({ ...record, eventSourceARN: streamArn });
      if (lane.running) return;
      lane.running = true;
      void activity.track(() => drain(lane));
    },
    clear: () => {
      generation += 1;
      for (const lane of lanes) lane.queue.length = 0;
    },
  };
};
