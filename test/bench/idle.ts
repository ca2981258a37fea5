import { synthesise } from '../../infra/local/synthesise.ts';
import { alarmMetricsOf } from '../support/alarm-metrics.ts';
import { startStack } from '../support/local-stack.ts';
import { canaryEveryMinutes, idleMonth } from './prices.ts';

const quarterOfAnHour = 15;

/**
 * What the stack calls and writes in a quarter of an hour in which nobody presses: rounds of the watchman, one look at the
 * offices' subscribers, presses of the canary. Everything that goes on for ever is in it once.
 */
export const measureIdle = async () => {
  const assembly = await synthesise({ canaryMinutes: canaryEveryMinutes });
  const { resources } = assembly.template;
  const all = [...resources.values()].map(({ Type, Properties }) => ({ Type, Properties }));
  const stack = await startStack({ assembly });
  try {
    // With every round of the watchman: in AWS each is called, also where it finds nothing.
    // A quarter that is like all others: in the first two the canary has nothing to take away yet, and filters are looked at.
    await stack.stack.control.advance(2 * quarterOfAnHour);
    const before = { calls: stack.calls().length, lines: stack.logs().length };
    await stack.stack.control.advance(quarterOfAnHour);
    const calls = stack.calls().slice(before.calls);
    const lines = stack.logs().slice(before.lines);
    return idleMonth({
      alarmMetrics: alarmMetricsOf(all),
      keys: all.filter(({ Type }) => Type === 'AWS::KMS::Key').length,
      // Of a metric that gets a value each quarter.
      metrics: new Set(lines.flatMap(({ line }) => line.match(/"Metrics":\[\{"Name":"(\w+)"/)?.[1] ?? [])).size,
      calls,
      logBytes: lines.reduce((sum, { line }) => sum + line.length, 0),
      quarters: (30 * 24 * 60) / quarterOfAnHour,
    });
  } finally {
    await stack.stack.close();
  }
};
