import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inject, TestRunner } from 'vitest';
import { fileNameOf } from './file-name.ts';

/**
 * What one run of test files is for.
 * `look`: each test once, with no mutant awake, to write down which mutants it comes by and what it takes.
 * `try`: each test once for each mutant that is planned for it and still lives.
 * `one`: each test once, with one mutant awake from the start, loading included; `id` -1: none.
 */
export type Task =
  | { readonly kind: 'look' | 'try'; readonly directory: string; readonly ids: readonly number[] }
  | { readonly kind: 'one'; readonly id: number };

/** What a test takes: of the processor, and waiting for nothing but time. Neither depends on what else the machine does. */
type Cost = { readonly cpuMs: number; readonly idleMs: number };

/** What a test file came by: `atLoad` before its tests, `outside` of them in hooks, and in each test. */
export type Seen = {
  readonly path: string;
  readonly atLoad: readonly number[];
  readonly outside: readonly number[];
  readonly tests: Readonly<Record<string, Cost & { readonly met: readonly number[] }>>;
};
/** By a test's id: the mutants that it is run with. */
export type Plan = Readonly<Record<string, Cost & { readonly ids: readonly number[] }>>;
/** `overran`: the test did not end. `unsure`: it failed after the mutant slept again, so that it says nothing of it. */
export type Tried = {
  readonly killed: readonly number[];
  readonly overran: readonly number[];
  readonly unsure: readonly string[];
};

declare global {
  // eslint-disable-next-line no-var
  var isMutated: (id: number) => boolean;
  /** Ids that live still: test files share a process. */
  // eslint-disable-next-line no-var
  var living: Set<number> | undefined;
}
declare module 'vitest' {
  export interface ProvidedContext {
    task: Task;
  }
}

type Suite = Parameters<TestRunner['onBeforeRunSuite']>[0];
type AnyTask = Parameters<TestRunner['onBeforeRunTask']>[0];
type Test = Parameters<TestRunner['onAfterRetryTask']>[0];
type Try = Parameters<TestRunner['onAfterRetryTask']>[1];

// Tests put other clocks in their place.
const { setInterval, clearInterval } = globalThis;
const eventLoop = performance.eventLoopUtilization.bind(performance);
const costSoFar = (): Cost => {
  const { user, system } = process.cpuUsage();
  return { cpuMs: (user + system) / 1000, idleMs: eventLoop().idle };
};
const costSince = (begun: Cost): Cost => {
  const { cpuMs, idleMs } = costSoFar();
  return { cpuMs: cpuMs - begun.cpuMs, idleMs: idleMs - begun.idleMs };
};

const task = inject('task');
let awake = task.kind === 'one' ? task.id : -1;
let times = 0;
let seen = new Set<number>();
let begun = costSoFar();
/** A test that takes so much more than it did without the mutant does not end. */
let limit: Cost = { cpuMs: 60_000, idleMs: 60_000 };
let isOver = false;

const limitOf = ({ cpuMs, idleMs }: Cost): Cost => ({ cpuMs: 2000 + 10 * cpuMs, idleMs: 2000 + 10 * idleMs });
const checkCost = (): boolean => {
  const { cpuMs, idleMs } = costSince(begun);
  isOver ||= cpuMs > limit.cpuMs || idleMs > limit.idleMs;
  return isOver;
};

const wake = (id: number): void => {
  awake = id;
  times = 0;
  begun = costSoFar();
};

const takeSeen = (): readonly number[] => {
  const taken = [...seen];
  seen = new Set();
  return taken;
};

const look = (id: number): boolean => {
  seen.add(id);
  return false;
};
globalThis.isMutated =
  task.kind === 'look'
    ? look
    : (id) => {
        if (id !== awake) return false;
        times += 1;
        // A loop without end lets no timer come.
        if (times % 50_000 === 0 && checkCost()) throw new Error('The mutant goes round without end.');
        return true;
      };

const fileOf = (suite: Suite): string | undefined => ('filepath' in suite ? String(suite.filepath) : undefined);

export class Looking extends TestRunner {
  private outside = new Set<number>();
  private tests: Record<string, Seen['tests'][string]> = {};
  private atLoad: readonly number[] = [];

  override async onBeforeRunSuite(suite: Suite): Promise<void> {
    await super.onBeforeRunSuite(suite);
    if (fileOf(suite) === undefined) return;
    this.outside = new Set();
    this.tests = {};
    this.atLoad = takeSeen();
  }

  override async onBeforeRunTask(test: AnyTask): Promise<void> {
    await super.onBeforeRunTask(test);
    for (const id of takeSeen()) this.outside.add(id);
    begun = costSoFar();
  }

  override onAfterRunTask(test: AnyTask): void {
    super.onAfterRunTask(test);
    this.tests[test.id] = { met: takeSeen(), ...costSince(begun) };
  }

  override async onAfterRunSuite(suite: Suite): Promise<void> {
    const path = fileOf(suite);
    if (path !== undefined && task.kind === 'look') {
      for (const id of takeSeen()) this.outside.add(id);
      const { atLoad, tests } = this;
      const found: Seen = { path, atLoad, outside: [...this.outside], tests };
      writeFileSync(join(task.directory, fileNameOf('seen', path)), JSON.stringify(found));
    }
    await super.onAfterRunSuite(suite);
  }
}

/** Wakes one mutant a repeat of a test. Its retry, with none awake, shows whether the mutant was the reason. */
export class Trying extends TestRunner {
  private tried: Record<keyof Tried, Set<number | string>> = Trying.none();
  private plan: Plan = {};
  private queue: readonly number[] = [];
  private suspect: { readonly id: number; readonly as: 'killed' | 'overran' } | undefined;

  private static none() {
    return {
      killed: new Set<number | string>(),
      overran: new Set<number | string>(),
      unsure: new Set<number | string>(),
    };
  }

  override async onBeforeRunSuite(suite: Suite): Promise<void> {
    await super.onBeforeRunSuite(suite);
    const path = fileOf(suite);
    if (path === undefined || task.kind !== 'try') return;
    globalThis.living ??= new Set(task.ids);
    this.tried = Trying.none();
    const file = join(task.directory, fileNameOf('plan', path));
    this.plan = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  }

  override async onBeforeRunTask(test: AnyTask): Promise<void> {
    await super.onBeforeRunTask(test);
    const planned = this.plan[test.id];
    this.queue = (planned?.ids ?? []).filter((id) => globalThis.living?.has(id));
    if (!planned || this.queue.length === 0) test.mode = 'skip';
    else limit = limitOf(planned);
    if (!('repeats' in test) && test.type !== 'test') return;
    Object.assign(test, { repeats: this.queue.length - 1, retry: 1 });
  }

  override onBeforeTryTask(test: Test, at: Try): void {
    super.onBeforeTryTask(test, at);
    isOver = false;
    wake(at.retry === 0 ? (this.queue[at.repeats] ?? -1) : -1);
  }

  async runTask(test: Test): Promise<void> {
    const over = Promise.withResolvers<never>();
    const timer = setInterval(() => {
      if (checkCost()) over.reject(new Error('The test does not end.'));
    }, 200);
    try {
      await Promise.race([TestRunner.getTestFn(test)(), over.promise]);
    } finally {
      clearInterval(timer);
    }
  }

  override async onAfterRetryTask(test: Test, at: Try): Promise<void> {
    wake(-1);
    await super.onAfterRetryTask(test, at);
    const isFailed = test.result?.state === 'fail';
    if (at.retry === 0) {
      const id = this.queue[at.repeats];
      // The test's own limit is of the clock on the wall.
      const isLate = isOver || /timed out in/u.test(test.result?.errors?.at(-1)?.message ?? '');
      this.suspect = isFailed && id !== undefined ? { id, as: isLate ? 'overran' : 'killed' } : undefined;
      return;
    }
    if (isFailed) this.tried.unsure.add(test.fullTestName);
    else if (this.suspect) {
      this.tried[this.suspect.as].add(this.suspect.id);
      globalThis.living?.delete(this.suspect.id);
    }
  }

  override async onAfterRunSuite(suite: Suite): Promise<void> {
    const path = fileOf(suite);
    if (path !== undefined && task.kind === 'try') {
      const { killed, overran, unsure } = this.tried;
      const tried = { killed: [...killed], overran: [...overran], unsure: [...unsure] };
      writeFileSync(join(task.directory, fileNameOf('tried', path)), JSON.stringify(tried));
    }
    await super.onAfterRunSuite(suite);
  }
}

// eslint-disable-next-line import/no-default-export
export default { look: Looking, try: Trying, one: TestRunner }[task.kind];
