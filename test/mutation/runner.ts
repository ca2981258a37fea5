import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inject, TestRunner } from 'vitest';

/**
 * What one run of test files is for.
 * `look`: each test once, with no mutant awake, to write down which mutants it comes by.
 * `try`: each test once for each mutant that it came by and that still lives.
 * `one`: each test once, with one mutant awake from the start, loading included; `id` -1: none.
 */
export type Task =
  | { readonly kind: 'look' | 'try'; readonly directory: string; readonly ids: readonly number[] }
  | { readonly kind: 'one'; readonly id: number };

/** What a test file came by: `atLoad` before its tests, `outside` of them in hooks, and in each test. */
export type Seen = {
  readonly path: string;
  readonly ms: number;
  readonly atLoad: readonly number[];
  readonly outside: readonly number[];
  readonly tests: Readonly<Record<string, readonly number[]>>;
};
/** `unsure`: the test failed after the mutant slept again, so that it says nothing of it. */
export type Tried = { readonly killed: readonly number[]; readonly unsure: readonly string[] };

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

/** A mutant that comes by this often goes round without end. */
const oftenEnough = 2_000_000;
const task = inject('task');
let awake = task.kind === 'one' ? task.id : -1;
let times = 0;
let seen = new Set<number>();

const wake = (id: number): void => {
  awake = id;
  times = 0;
};

const takeSeen = (): readonly number[] => {
  const taken = [...seen];
  seen = new Set();
  return taken;
};

globalThis.isMutated = (id) => {
  if (task.kind === 'look') seen.add(id);
  if (id !== awake) return false;
  times += 1;
  if (times > oftenEnough) throw new Error('The mutant goes round without end.');
  return true;
};

const nameOf = (kind: string, path: string): string => `${kind}-${path.replaceAll(/[^a-z0-9]/giu, '-')}.json`;
const fileOf = (suite: Suite): string | undefined => ('filepath' in suite ? String(suite.filepath) : undefined);

export class Looking extends TestRunner {
  private outside = new Set<number>();
  private tests: Record<string, readonly number[]> = {};
  private atLoad: readonly number[] = [];
  private begun = 0;

  override async onBeforeRunSuite(suite: Suite): Promise<void> {
    await super.onBeforeRunSuite(suite);
    if (fileOf(suite) === undefined) return;
    this.outside = new Set();
    this.tests = {};
    this.atLoad = takeSeen();
    this.begun = performance.now();
  }

  override async onBeforeRunTask(test: AnyTask): Promise<void> {
    await super.onBeforeRunTask(test);
    for (const id of takeSeen()) this.outside.add(id);
  }

  override onAfterRunTask(test: AnyTask): void {
    super.onAfterRunTask(test);
    this.tests[test.id] = takeSeen();
  }

  override async onAfterRunSuite(suite: Suite): Promise<void> {
    const path = fileOf(suite);
    if (path !== undefined && task.kind === 'look') {
      for (const id of takeSeen()) this.outside.add(id);
      const { atLoad, tests } = this;
      const found: Seen = { path, ms: performance.now() - this.begun, atLoad, outside: [...this.outside], tests };
      writeFileSync(join(task.directory, nameOf('seen', path)), JSON.stringify(found));
    }
    await super.onAfterRunSuite(suite);
  }
}

/** Wakes one mutant a repeat of a test. Its retry, with none awake, shows whether the mutant was the reason. */
export class Trying extends TestRunner {
  private killed = new Set<number>();
  private unsure = new Set<string>();
  private seenBy: Seen['tests'] = {};
  private queue: readonly number[] = [];
  private suspect: number | undefined;

  override async onBeforeRunSuite(suite: Suite): Promise<void> {
    await super.onBeforeRunSuite(suite);
    const path = fileOf(suite);
    if (path === undefined || task.kind !== 'try') return;
    globalThis.living ??= new Set(task.ids);
    this.killed = new Set();
    this.unsure = new Set();
    this.seenBy = {};
    const file = join(task.directory, nameOf('seen', path));
    if (!existsSync(file)) return;
    const { tests }: Seen = JSON.parse(readFileSync(file, 'utf8'));
    this.seenBy = tests;
  }

  override async onBeforeRunTask(test: AnyTask): Promise<void> {
    await super.onBeforeRunTask(test);
    this.queue = (this.seenBy[test.id] ?? []).filter((id) => globalThis.living?.has(id));
    if (this.queue.length === 0) test.mode = 'skip';
    if (!('repeats' in test) && test.type !== 'test') return;
    Object.assign(test, { repeats: this.queue.length - 1, retry: 1 });
  }

  override onBeforeTryTask(test: Test, at: Try): void {
    super.onBeforeTryTask(test, at);
    wake(at.retry === 0 ? (this.queue[at.repeats] ?? -1) : -1);
  }

  override async onAfterRetryTask(test: Test, at: Try): Promise<void> {
    wake(-1);
    await super.onAfterRetryTask(test, at);
    const isFailed = test.result?.state === 'fail';
    if (at.retry === 0) {
      this.suspect = isFailed ? this.queue[at.repeats] : undefined;
      return;
    }
    if (isFailed) this.unsure.add(test.fullTestName);
    else if (this.suspect !== undefined) {
      this.killed.add(this.suspect);
      globalThis.living?.delete(this.suspect);
    }
  }

  override async onAfterRunSuite(suite: Suite): Promise<void> {
    const path = fileOf(suite);
    if (path !== undefined && task.kind === 'try') {
      const tried: Tried = { killed: [...this.killed], unsure: [...this.unsure] };
      writeFileSync(join(task.directory, nameOf('tried', path)), JSON.stringify(tried));
    }
    await super.onAfterRunSuite(suite);
  }
}

// eslint-disable-next-line import/no-default-export
export default { look: Looking, try: Trying, one: TestRunner }[task.kind];
