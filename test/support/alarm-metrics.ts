type Resource = { readonly Type: string; readonly Properties?: unknown };

/** How many metrics the alarms of a template look at: each has its price, also those within one expression. */
export const alarmMetricsOf = (resources: readonly Resource[]): number =>
  resources
    .filter(({ Type }) => Type === 'AWS::CloudWatch::Alarm')
    .reduce((sum, { Properties }) => {
      const { Metrics } = Properties as { Metrics?: readonly { readonly MetricStat?: object }[] };
      return sum + (Metrics?.filter(({ MetricStat }) => MetricStat !== undefined).length ?? 1);
    }, 0);
