import { type FunctionName, type MetricName, metricDimensions, resourceNames } from '../names.ts';

/** Ids, counts, codes. Never names, phones, positions, notes, tokens or addresses (G8). */
export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;

/** Writes JSON lines. `event` is in the past tense, with dots and dashes: `alert.raised`. */
export type Log = {
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
  count(metric: MetricName, fields?: LogFields): void;
  measure(metric: MetricName, seconds: number, fields?: LogFields): void;
};

// Not by console: Lambda puts a prefix before its lines, and CloudWatch reads metrics only from lines that are all JSON.
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
const write = (line: object): void => {
  process.stdout.write(`${JSON.stringify({ timestamp: new Date().toISOString(), ...line })}\n`);
};

/** A set of dimensions counts where the line has all of its fields: CloudWatch refuses a line that lacks one. */
const embedded = (metric: MetricName, value: number, unit: 'Count' | 'Seconds', fields: LogFields = {}) => ({
  [metric]: value,
  _aws: {
    Timestamp: Date.now(),
    CloudWatchMetrics: [
      {
        Namespace: resourceNames.metricNamespace,
        Dimensions: (metricDimensions[metric] ?? [[]]).filter((set) => set.every((name) => fields[name] !== undefined)),
        Metrics: [{ Name: metric, Unit: unit }],
      },
    ],
  },
});

/** @param bound fields of every line, such as the function's name and the request's id */
export const createLog = (bound: LogFields & { readonly function: FunctionName }): Log => ({
  info: (event, fields) => write({ level: 'info', event, ...bound, ...fields }),
  warn: (event, fields) => write({ level: 'warn', event, ...bound, ...fields }),
  error: (event, fields) => write({ level: 'error', event, ...bound, ...fields }),
  count: (metric, fields) =>
    write({ level: 'info', event: 'metric', ...bound, ...fields, ...embedded(metric, 1, 'Count', fields) }),
  measure: (metric, seconds, fields) =>
    write({ level: 'info', event: 'metric', ...bound, ...fields, ...embedded(metric, seconds, 'Seconds', fields) }),
});

/** Its kind and place. Messages are left out: services put values of requests into them. */
export const describeFault = (fault: unknown): LogFields => {
  if (!(fault instanceof Error)) return { fault: typeof fault };
  const frames = (fault.stack ?? '').split('\n').filter((line) => line.trimStart().startsWith('at '));
  const cause = fault.cause instanceof Error ? fault.cause.name : undefined;
  return {
    fault: fault.name,
    cause,
    at: frames
      .slice(0, 3)
      .map((line) => line.trim())
      .join(' < '),
  };
};
