/**
 * USD, us-east-1, on-demand, without free tiers. Each says where it was seen on that day: AWS's price pages fill in their
 * numbers in the browser, so that those are others' copies of them. What has no source is from memory. Look them up at
 * https://aws.amazon.com/pricing/ before you rely on a sum.
 */
export const pricesAsOf = '2026-11-29';

const million = 1_000_000;

// Of a table: units as in https://aws.amazon.com/dynamodb/pricing/on-demand/, their prices as in docs/operating.md.
const perCall: Readonly<Record<string, number>> = {
  GetItem: 0.125 / million,
  // Four to six items.
  BatchGetItem: (5 * 0.125) / million,
  Query: 0.125 / million,
  PutItem: 0.625 / million,
  UpdateItem: 0.625 / million,
  // Two items each, and twice the units.
  TransactWriteItems: (4 * 0.625) / million,
  // For two recipients a link and an entry of a list each, and a place.
  BatchWriteItem: (5 * 0.625) / million,
  // From memory.
  Publish: 0.5 / million,
  GetTopicAttributes: 0.5 / million,
  // From memory: that of an evaluated position. AWS counts requests:
  // https://docs.aws.amazon.com/location/latest/developerguide/geofence-price.html
  ForecastGeofenceEvents: 0.05 / 1000,
};

// https://raw.githubusercontent.com/api-evangelist/aws-lambda/refs/heads/main/plans/aws-lambda-plans-pricing.yml (2026-09-20)
const lambdaRequest = 0.2 / million;
// On Arm: https://app.unpkg.com/artillery@2.0.28/files/lib/platform/aws-lambda/prices.js
const lambdaGbSecond = 0.000_013_333_4;
// https://appropri8-astro.pages.dev/tutorials/2025/12/02/deploying-simple-api-aws/page/7 (2025-12-02)
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

/**
 * Each metric in an alarm, also within one expression; a composite alarm would be 0.50 beside those that it joins.
 * https://c3x.dev/resources/aws/aws_cloudwatch_metric_alarm
 */
const alarmMetricMonth = 0.1;
/** From memory, as all below. A replica in another region costs as much, and so do the first two rotations of a key, each from then on. */
const keyMonth = 1;
/** In a month in which it gets a value every hour. */
const ownMetricMonth = 0.3;
const logGigabyte = 0.5;
/** What Lambda writes of an invocation by itself. */
const platformBytes = 700;
/** One data key for each message to an encrypted topic. */
const kmsCall = 3 / million;

export const canaryEveryMinutes = 5;

const untouched: Invocation = { seconds: 0.1, gigabytes: 0.5 };
/** Taken, not measured: what they wait for is in AWS. */
const invocations: Readonly<Record<string, Invocation>> = {
  watchman: { seconds: 0.2, gigabytes: 0.5 },
  'probe-press': { seconds: 0.3, gigabytes: 0.25 },
  'raise-alert': { seconds: 0.03, gigabytes: 1.769 },
  'announce-to-family': { seconds: 0.3, gigabytes: 1.769 },
  'announce-to-authorities': { seconds: 0.05, gigabytes: 1.769 },
};

export type Call = {
  readonly service: string;
  readonly operation: string;
  readonly function: string;
  readonly requestId?: string;
};

const ofCall = ({ service, operation, function: name }: Call): number => {
  // 16 of the 18 of a round are of an index, which is never read consistently: half a unit.
  if (name === 'watchman' && operation === 'Query') return 0.07 / million;
  return perCall[operation] ?? (service === 'sns' ? 0.5 : 0.625) / million;
};
const ofCalls = (calls: readonly Call[]): number => calls.reduce((sum, call) => sum + ofCall(call), 0);

const ofInvocations = (calls: readonly Call[]): number => {
  const runs = new Map(
    calls.flatMap(({ requestId, function: name }) => (requestId === undefined ? [] : [[requestId, name]])),
  );
  return [...runs.values()].reduce((sum, name) => {
    const { seconds, gigabytes } = invocations[name] ?? untouched;
    return sum + lambdaRequest + seconds * gigabytes * lambdaGbSecond + (platformBytes / 1e9) * logGigabyte;
  }, 0);
};

/** Functions that run when the canary has pressed. */
const isOfPress = ({ function: name }: Call): boolean => name !== 'watchman';

/** USD of a month in which nobody presses, of what a part of it calls and writes. */
export const idleMonth = (idle: {
  readonly alarmMetrics: number;
  readonly keys: number;
  /** Of our own, that get values although nobody presses. */
  readonly metrics: number;
  readonly calls: readonly Call[];
  readonly logBytes: number;
  /** How many times the part is in a month. */
  readonly quarters: number;
}) => {
  const ofPresses = idle.calls.filter(isOfPress);
  const ofWatchman = idle.calls.filter((call) => !isOfPress(call));
  const presses = idle.calls.filter(
    ({ function: name, operation }) => name === 'raise-alert' && operation === 'GetItem',
  );
  return {
    keys: idle.keys * keyMonth,
    alarms: idle.alarmMetrics * alarmMetricMonth,
    metrics: idle.metrics * ownMetricMonth,
    watchman: idle.quarters * (ofCalls(ofWatchman) + ofInvocations(ofWatchman)),
    canary:
      idle.quarters * (ofCalls(ofPresses) + ofInvocations(ofPresses) + presses.length * (httpApiRequest + kmsCall)),
    logs: idle.quarters * (idle.logBytes / 1e9) * logGigabyte,
  };
};
