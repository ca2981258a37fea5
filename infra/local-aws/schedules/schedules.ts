import type { Activity } from '../activity.ts';
import type { LocalClock } from '../clock.ts';
import { messageOf } from '../json.ts';
import type { LambdaFunction } from '../functions/lambda-function.ts';

/** A rule that fires at a steady rate. */
type Schedule = {
  readonly name: string;
  readonly everyMinutes: number;
  /** Undefined: the function does not permit the rule to invoke it, which AWS lets fail in silence. */
  readonly target: () => LambdaFunction | undefined;
  /** What the function gets. */
  readonly event: (at: Date) => unknown;
};

/** Whether a function has anything to do in a turn of its schedule, by its name. */
export type IsNeeded = (functionName: string) => Promise<boolean>;

export type Schedules = {
  readonly add: (schedule: Schedule) => void;
  /** Follows real time from now on. */
  readonly start: () => void;
  /**
   * Moves the clock on in steps of at most a minute, each until all that it caused has ended.
   * @param isNeeded whether a function is invoked in its turn. @default - always
   */
  readonly advance: (minutes: number, isNeeded?: IsNeeded) => Promise<void>;
  /** After the clock was set back. */
  readonly reset: () => void;
  readonly stop: () => void;
};

const minuteMs = 60_000;

const always: IsNeeded = async () => true;

export type SchedulesOptions = {
  readonly clock: LocalClock;
  readonly activity: Activity;
  /** Further work of each minute, such as expiring items. */
  readonly eachMinute: () => Promise<void>;
  readonly log: (line: string) => void;
};

/** Fires on the minute boundaries of the local clock that its rate divides. */
export const createSchedules = ({ clock, activity, eachMinute, log }: SchedulesOptions): Schedules => {
  const schedules: Schedule[] = [];
  const currentMinute = (): number => Math.floor(clock.now().getTime() / minuteMs);
  let lastMinute = currentMinute();
  let timer: NodeJS.Timeout | undefined;
  let advancing: Promise<void> = Promise.resolve();

  const fire = async ({ target, event, name }: Schedule, isNeeded: IsNeeded): Promise<void> => {
    const invoked = target();
    if (invoked === undefined) log(`schedule ${name}: its target does not permit it to be invoked`);
    else if (await isNeeded(invoked.name)) void invoked.invoke(event(clock.now()));
  };

  const tick = (isNeeded: IsNeeded): void => {
    const minute = currentMinute();
    const passed = Math.floor(minute) - lastMinute;
    if (passed <= 0) return;
    const due = schedules.filter(
      ({ everyMinutes }) => Math.floor(minute / everyMinutes) > Math.floor(lastMinute / everyMinutes),
    );
    lastMinute = minute;
    void activity.track(async () => {
      await eachMinute().catch((error: unknown) => log(`work of the minute failed: ${messageOf(error)}`));
      for (const schedule of due) await fire(schedule, isNeeded);
    });
  };

  const followRealTime = (): void => {
    const untilNextMinute = minuteMs - (clock.now().getTime() % minuteMs);
    timer = setTimeout(() => {
      tick(always);
      followRealTime();
    }, untilNextMinute);
    timer.unref();
  };

  const step = async (minutes: number, isNeeded: IsNeeded): Promise<void> => {
    let left = minutes;
    while (left > 0) {
      const now = Math.min(left, 1);
      left -= now;
      await activity.idle();
      clock.advance(now * minuteMs);
      tick(isNeeded);
      await activity.idle();
    }
  };

  return {
    add: (schedule) => {
      schedules.push(schedule);
    },
    start: followRealTime,
    advance: (minutes, isNeeded = always) => {
      // One after the other: two people stepping at once would mix their minutes.
      advancing = advancing.then(() => step(minutes, isNeeded));
      return advancing;
    },
    reset: () => {
      lastMinute = currentMinute();
    },
    stop: () => clearTimeout(timer),
  };
};
