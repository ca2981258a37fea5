import type { Activity } from './activity.ts';
import type { Faults } from './aws-endpoint/faults.ts';
import type { LocalClock } from './clock.ts';
import type { CallEntry, Journal, LogEntry } from './journal.ts';

/** What is there before a stack is deployed. */
export type Surroundings = {
  readonly clock: LocalClock;
  readonly activity: Activity;
  readonly calls: Journal<CallEntry>;
  readonly logs: Journal<LogEntry>;
  readonly faults: Faults;
  /** How email subscriptions are confirmed. */
  readonly confirm: 'auto' | 'manual';
  /** Whether schedules fire as time goes by, or only when somebody advances the clock. */
  readonly schedules: 'real-time' | 'when-advanced';
  /** Where the table survives a restart; undefined: in memory. */
  readonly dataDirectory: string | undefined;
  readonly port: number;
  /** How the journals call a function of the template. */
  readonly functionName: (logicalId: string) => string;
};
