/**
 * USD, us-east-1, on-demand, without free tiers, as of November 2026. List prices as known to the authors; look them up at
 * https://aws.amazon.com/pricing/ before you rely on a sum.
 */
export const pricesAsOf = '2026-11';

const million = 1_000_000;

const perCall: Readonly<Record<string, number>> = {
  GetItem: 0.125 / million,
  Query: 0.125 / million,
  PutItem: 0.625 / million,
  UpdateItem: 0.625 / million,
  // Two items each, and twice the units.
  TransactWriteItems: (4 * 0.625) / million,
  BatchWriteItem: (2 * 0.625) / million,
  Publish: 0.5 / million,
  GetTopicAttributes: 0.5 / million,
  // Price of one evaluated position.
  ForecastGeofenceEvents: 0.05 / 1000,
};

const lambdaRequest = 0.2 / million;
const lambdaGbSecond = 0.000_013_333_4;
const httpApiRequest = 1 / million;

/** Of one invocation: how long it runs, in seconds, and with how much memory, in GB. */
type Invocation = { readonly seconds: number; readonly gigabytes: number };

/** USD of 1,000 alerts, without SMS and mail, which cost the same on both sides. */
export const costOfThousand = (calls: Readonly<Record<string, number>>, invocations: readonly Invocation[]): number => {
  const ofCalls = Object.entries(calls).reduce((sum, [operation, count]) => sum + count * (perCall[operation] ?? 0), 0);
  const ofLambda = invocations.reduce(
    (sum, { seconds, gigabytes }) => sum + lambdaRequest + seconds * gigabytes * lambdaGbSecond,
    0,
  );
  return 1000 * (ofCalls + ofLambda + httpApiRequest);
};

const alarmMonth = 0.1;
const keyMonth = 1;
const ownMetricMonth = 0.3;
const watchmanRounds = 30 * 24 * 60;

/** USD of a month in which nobody presses: alarms, keys, the metrics that are always written, the watchman. */
export const idleMonth = (count: { readonly alarms: number; readonly keys: number; readonly metrics: number }) => {
  const round = 18 * (0.125 / million) + lambdaRequest + 0.2 * 1.769 * lambdaGbSecond;
  return {
    alarms: count.alarms * alarmMonth,
    keys: count.keys * keyMonth,
    metrics: count.metrics * ownMetricMonth,
    watchman: watchmanRounds * round,
  };
};
