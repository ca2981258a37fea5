import { existsSync, globSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import type { TestSpecification } from 'vitest/node';
import { BaseSequencer, createVitest } from 'vitest/node';
import { equivalent } from './equivalent.ts';
import type { Mutant } from './mutants.ts';
import { mutantsOf, withMutants } from './mutants.ts';
import type { Seen, Task, Tried } from './runner.ts';

/*
 * Changes the domain's rules one at a time and counts the changes that no unit or model test notices.
 *   npm run test:mutation                            60 mutants of each folder of shared/domain, of one seed
 *   npm run test:mutation -- shared/domain/press     of these paths only
 *   SAMPLE=100000 SEED=7 npm run test:mutation       all mutants; others
 *   TIERS=2 npm run test:mutation                    by unit tests alone; 1: by those alone that start no table
 * All mutants of the sample are in the files from the start, asleep: a test is run again for each that it comes by.
 */

type Placed = Mutant & { readonly id: number; readonly path: string };

const sample = Number(process.env['SAMPLE'] ?? 60);
const enough = 90;
/** Slow, and not about the domain's rules. */
const slow = ['test/unit/{local-,pseudo-language}*', 'test/model/{any-request,memory-table}*'];
const root = join(import.meta.dirname, '../..');

/** Numbers from 0 to 1 that are the same in each run with the same seed (mulberry32). */
const randomOf = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (state + 0x6d_2b_79_f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};
const roomOf = (path: string): string => /^shared\/domain\/(?<room>[a-z-]+)\//u.exec(path)?.groups?.['room'] ?? '(top)';

const isEquivalent = ({ path, from, to }: Placed): boolean =>
  equivalent.some((known) => known.path === path && known.from === from && known.to === to);

const chooseMutants = (paths: readonly string[]): readonly Placed[] => {
  const random = randomOf(Number(process.env['SEED'] ?? 20_261_122));
  const files = globSync('shared/domain/**/*.ts', { cwd: root })
    .toSorted()
    .filter((file) => paths.length === 0 || paths.some((path) => file.startsWith(path)));
  const all = files.flatMap((path) =>
    mutantsOf(path, readFileSync(join(root, path), 'utf8')).map((mutant) => ({ ...mutant, path })),
  );
  const drawn = all.map((mutant, id) => ({ ...mutant, id, lot: random() }));
  return [...Map.groupBy(drawn, ({ path }) => roomOf(path)).values()].flatMap((room) =>
    room
      .toSorted((a, b) => a.lot - b.lot)
      .slice(0, sample)
      .toSorted((a, b) => a.id - b.id),
  );
};

/** Test files in the order in which `before` puts them, in one process, with all of these mutants in the domain's files. */
const startVitest = async (mutants: readonly Placed[], bail: number, before: (a: string, b: string) => number) => {
  const of = Map.groupBy(mutants, ({ path }) => path);
  class Sequencer extends BaseSequencer {
    override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
      return files.toSorted((a, b) => before(a.moduleId, b.moduleId));
    }
  }
  const vitest = await createVitest(
    {
      config: join(import.meta.dirname, 'vitest.config.ts'),
      root,
      watch: false,
      bail,
      reporters: [{}],
      sequence: { sequencer: Sequencer },
    },
    {
      plugins: [
        {
          name: 'mutants',
          enforce: 'pre',
          transform: (source: string, id: string) => {
            const here = of.get(relative(root, id));
            return here && { code: withMutants(source, here), map: null };
          },
        },
      ],
    },
  );
  const specifications = await vitest.globTestSpecifications();
  const run = async (task: Task, files: readonly string[]) => {
    vitest.provide('task', task);
    // A run that ends at the first failure keeps what it did not come to as it was in the run before.
    vitest.state.idMap.clear();
    vitest.state.filesMap.clear();
    return vitest.runTestSpecifications(specifications.filter(({ moduleId }) => files.includes(moduleId)));
  };
  return { run, files: specifications.map(({ moduleId }) => moduleId), close: async () => vitest.close() };
};

/** The files of the repository that a file imports, and those that they import. */
const importsOf = (path: string, known = new Set<string>()): ReadonlySet<string> => {
  if (known.has(path) || !existsSync(path)) return known;
  known.add(path);
  for (const [, to = ''] of readFileSync(path, 'utf8').matchAll(/(?:from|import\()\s*'(\.[^']+\.ts)'/gu))
    importsOf(join(dirname(path), to), known);
  return known;
};

const readAll = (directory: string, kind: 'seen' | 'tried') =>
  readdirSync(directory)
    .filter((name) => name.startsWith(`${kind}-`))
    .map((name) => JSON.parse(readFileSync(join(directory, name), 'utf8')));

/** What the domain's files hold of these test files. */
const nearOf = (files: readonly string[], mutants: readonly Placed[]) => {
  const places = new Set(mutants.map(({ path }) => join(root, path)));
  const imports = new Map(files.map((file) => [file, importsOf(file)]));
  return { imports, near: files.filter((file) => !places.isDisjointFrom(imports.get(file) ?? new Set())) };
};

/**
 * Which mutants these test files kill. First each file runs once with none awake; then each of its tests once for each
 * mutant that it came by. `atLoad`, `outside`: where a mutant was come by before a test, or between them.
 */
const tryIn = async (files: readonly string[], mutants: readonly Placed[]) => {
  const directory = mkdtempSync(join(tmpdir(), 'mutants-'));
  const took = new Map<string, number>();
  const vitest = await startVitest(mutants, 0, (a, b) => (took.get(a) ?? 0) - (took.get(b) ?? 0));
  const ids = mutants.map(({ id }) => id);
  const { testModules } = await vitest.run({ kind: 'look', directory, ids }, files);
  // On a loaded machine a test may run out of time: its file is not asked.
  const failed = new Set(testModules.filter((module) => !module.ok()).map(({ moduleId }) => moduleId));
  for (const file of failed) say(`fails without any mutant: ${relative(root, file)}`);
  const all: readonly Seen[] = readAll(directory, 'seen');
  const seen = all.filter(({ path }) => !failed.has(path));
  for (const { path, ms } of seen) took.set(path, ms);
  const asked = seen.filter(({ tests }) => Object.values(tests).some((met) => met.length > 0)).map(({ path }) => path);
  await vitest.run({ kind: 'try', directory, ids }, asked);
  const tried: readonly Tried[] = readAll(directory, 'tried');
  await vitest.close();
  rmSync(directory, { recursive: true });
  for (const name of tried.flatMap(({ unsure }) => unsure)) say(`says nothing: ${name}`);
  return { seen, took, killed: new Set(tried.flatMap(({ killed }) => killed)) };
};

/** Whether a test file fails if the mutant is awake from the start: it is in what runs when a module is loaded. */
const tryAtLoad = async (mutants: readonly Placed[], filesOf: (mutant: Placed) => readonly string[]) => {
  const kills = new Map<string, number>();
  const vitest = await startVitest(mutants, 1, () => 0);
  const isKilled = async (mutant: Placed): Promise<boolean> => {
    const score = (file: string): number => kills.get(`${mutant.path} ${file}`) ?? 0;
    // First the files that noticed most of this file's mutants: the first failure ends it. Each is loaded anew, so no more
    // than 16 are asked.
    const inOrder = filesOf(mutant).toSorted((a, b) => score(b) - score(a));
    for (const some of [inOrder.slice(0, 4), inOrder.slice(4, 16)]) {
      if (some.length === 0) continue;
      const { testModules, unhandledErrors } = await vitest.run({ kind: 'one', id: mutant.id }, some);
      const failed = testModules.find((module) => module.state() === 'failed');
      if (failed) kills.set(`${mutant.path} ${failed.moduleId}`, score(failed.moduleId) + 1);
      if (failed || unhandledErrors.length > 0) return true;
      if (testModules.length < some.length) throw new Error(`not every test was asked about ${mutant.path}`);
    }
    return false;
  };
  const killed = new Set<number>();
  for (const mutant of mutants) if (await isKilled(mutant)) killed.add(mutant.id);
  await vitest.close();
  return killed;
};

/** Ids of the mutants that these test files kill, and of those that they come by. */
const killedIn = async (files: readonly string[], mutants: readonly Placed[]) => {
  const { imports, near } = nearOf(files, mutants);
  const { seen, took, killed } = await tryIn(near, mutants);
  const living = mutants.filter(({ id }) => !killed.has(id));
  // Test files share their modules: of what runs when a module is loaded, only the first of them would know.
  const atLoad = new Set(seen.flatMap((file) => file.atLoad));
  const filesOf = ({ id, path }: Placed): readonly string[] =>
    near
      .filter((file) =>
        atLoad.has(id)
          ? imports.get(file)?.has(join(root, path))
          : seen.some((one) => one.path === file && one.outside.includes(id)),
      )
      .toSorted((a, b) => (took.get(a) ?? 0) - (took.get(b) ?? 0));
  const elsewhere = living.filter((mutant) => filesOf(mutant).length > 0);
  for (const id of elsewhere.length > 0 ? await tryAtLoad(elsewhere, filesOf) : []) killed.add(id);
  const met = new Set(
    seen.flatMap(({ atLoad: early, outside, tests }) => [early, outside, ...Object.values(tests)].flat()),
  );
  return { killed, met };
};

/** Each is asked about what the ones before left: tests that start no table, those that do, and the model, which plays longest. */
const isModel = (file: string): boolean => file.includes('/test/model/');
const startsTable = (file: string): boolean => importsOf(file).has(join(root, 'shared/adapters/table.ts'));
const tiers: readonly ((file: string) => boolean)[] = [
  (file: string): boolean => !isModel(file) && !startsTable(file),
  (file: string): boolean => !isModel(file) && startsTable(file),
  isModel,
].slice(0, Number(process.env['TIERS'] ?? 3));

const main = async (): Promise<void> => {
  const mutants = chooseMutants(process.argv.slice(2));
  const known = mutants.filter(isEquivalent);
  const tried = mutants.filter((mutant) => !isEquivalent(mutant));
  const files = globSync('test/{unit,model}/**/*.test.ts', { cwd: root, exclude: slow }).map((file) =>
    join(root, file),
  );
  const found: Awaited<ReturnType<typeof killedIn>>[] = [];
  const isKilled = ({ id }: Placed): boolean => found.some(({ killed }) => killed.has(id));
  for (const isOf of tiers) {
    const left = tried.filter((mutant) => !isKilled(mutant));
    if (left.length > 0) found.push(await killedIn(files.filter(isOf), left));
  }

  const oneLine = (text: string): string => text.replaceAll(/\s+/gu, ' ').slice(0, 100);
  for (const mutant of tried.filter((one) => !isKilled(one))) {
    const { id, path, line, from, to } = mutant;
    const outcome = found.some(({ met }) => met.has(id)) ? 'lived' : 'unseen';
    say(`${outcome}  ${path}:${line}  ${oneLine(from)}  =>  ${oneLine(to) || '(nothing)'}`);
  }
  for (const [room, of] of Map.groupBy(tried, ({ path }) => roomOf(path))) {
    const killed = of.filter(isKilled).length;
    const byTier = found.map((tier) => of.filter(({ id }) => tier.killed.has(id)).length).join(' + ');
    const same = known.filter(({ path }) => roomOf(path) === room).length;
    const percent = (100 * killed) / of.length;
    say(`${room}: ${killed} of ${of.length} killed (${byTier}), ${percent.toFixed(1)} % (${same} equivalent left out)`);
    if (percent < enough) process.exitCode = 1;
  }
};

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

await main();
