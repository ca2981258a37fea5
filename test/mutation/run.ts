import { existsSync, globSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import type { Vitest } from 'vitest/node';
import { createVitest } from 'vitest/node';
import { equivalent } from './equivalent.ts';
import type { Mutant } from './mutants.ts';
import { mutantsOf, withMutants } from './mutants.ts';

/*
 * Changes the domain's rules one at a time and counts the changes that no unit or model test notices.
 *   npm run test:mutation                            60 mutants of each folder of shared/domain, of one seed
 *   npm run test:mutation -- shared/domain/press     of these paths only
 *   SAMPLE=100000 SEED=7 npm run test:mutation       all mutants; others
 * All mutants of the sample are in the files from the start, asleep: a run wakes one, and needs no new build.
 */

type Placed = Mutant & { readonly id: number; readonly path: string };
type Outcome = 'killed' | 'lived' | 'unseen';

const sample = Number(process.env['SAMPLE'] ?? 60);
const enough = 90;
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

const startVitest = async (mutants: readonly Placed[]): Promise<Vitest> => {
  const of = Map.groupBy(mutants, ({ path }) => path);
  return createVitest(
    { config: join(import.meta.dirname, 'vitest.config.ts'), root, watch: false, bail: 1, reporters: [{}] },
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
};

/** The files of the repository that a file imports, and those that they import. */
const importsOf = (path: string, known = new Set<string>()): ReadonlySet<string> => {
  if (known.has(path) || !existsSync(path)) return known;
  known.add(path);
  for (const [, to = ''] of readFileSync(path, 'utf8').matchAll(/(?:from|import\()\s*'(\.[^']+\.ts)'/gu))
    importsOf(join(dirname(path), to), known);
  return known;
};

type Seen = { path: string; atLoad: number[]; seen: number[] };

/** One run of the test files with no mutant awake: which come by a mutant, and how much each loads. */
const look = async (vitest: Vitest, mutants: readonly Placed[]) => {
  const directory = mkdtempSync(join(tmpdir(), 'mutants-'));
  vitest.provide('mutant', -1);
  vitest.provide('seenDirectory', directory);
  const places = new Set(mutants.map(({ path }) => join(root, path)));
  const imports = new Map(
    (await vitest.globTestSpecifications()).map((one) => [one.moduleId, { one, of: importsOf(one.moduleId) }] as const),
  );
  const near = [...imports.values()].filter(({ of }) => !places.isDisjointFrom(of)).map(({ one }) => one);
  const { testModules } = await vitest.runTestSpecifications(near);
  const failed = testModules.filter((module) => !module.ok());
  if (failed.length > 0) throw new Error(`fails without any mutant: ${failed.map((module) => module.moduleId).join()}`);
  const seen = readdirSync(directory).map((name): Seen => JSON.parse(readFileSync(join(directory, name), 'utf8')));
  rmSync(directory, { recursive: true });
  // Test files share their modules: of what runs when a module is loaded, only the first of them would know.
  const atLoad = new Set(seen.flatMap((file) => file.atLoad));
  const testsOf = ({ id, path }: Placed): readonly string[] =>
    atLoad.has(id)
      ? near.map(({ moduleId }) => moduleId).filter((test) => imports.get(test)?.of.has(join(root, path)))
      : seen.filter((file) => file.seen.includes(id)).map((file) => file.path);
  const sizeOf = (test: string): number => imports.get(test)?.of.size ?? 0;
  return { testsOf, sizeOf };
};

const main = async (): Promise<void> => {
  const mutants = chooseMutants(process.argv.slice(2));
  const known = mutants.filter(isEquivalent);
  const tried = mutants.filter((mutant) => !isEquivalent(mutant));
  const vitest = await startVitest(tried);
  const { testsOf, sizeOf } = await look(vitest, tried);
  vitest.provide('seenDirectory', '');
  const specifications = await vitest.globTestSpecifications();
  const asked = (files: ReadonlySet<string>) =>
    [...files].flatMap((file) => specifications.filter(({ moduleId }) => moduleId === file));
  const kills = new Map<string, number>();

  const outcomeOf = async (mutant: Placed): Promise<Outcome> => {
    const { id, path } = mutant;
    const files = testsOf(mutant);
    if (files.length === 0) return 'unseen';
    // First the files that noticed most of this file's mutants, then those that load least: the first failure ends it.
    const score = (file: string): number => kills.get(`${path} ${file}`) ?? 0;
    const inOrder = files.toSorted((a, b) => score(b) - score(a) || sizeOf(a) - sizeOf(b));
    for (const some of [inOrder.slice(0, 4), inOrder.slice(4, 16), inOrder.slice(16)]) {
      if (some.length === 0) continue;
      vitest.provide('mutant', id);
      // A run that ends at the first failure keeps what it did not come to as it was in the run before.
      vitest.state.idMap.clear();
      vitest.state.filesMap.clear();
      const { testModules, unhandledErrors } = await vitest.runTestSpecifications(asked(new Set(some)));
      const failed = testModules.find((module) => module.state() === 'failed');
      if (failed) kills.set(`${path} ${failed.moduleId}`, score(failed.moduleId) + 1);
      if (failed || unhandledErrors.length > 0) return 'killed';
      if (testModules.length < some.length) throw new Error(`not every test was asked about ${path}`);
    }
    return 'lived';
  };

  const outcomes: { mutant: Placed; outcome: Outcome }[] = [];
  for (const mutant of tried) {
    const outcome = await outcomeOf(mutant);
    outcomes.push({ mutant, outcome });
    const oneLine = (text: string): string => text.replaceAll(/\s+/gu, ' ').slice(0, 100);
    if (outcome !== 'killed')
      say(
        `${outcome}  ${mutant.path}:${mutant.line}  ${oneLine(mutant.from)}  =>  ${oneLine(mutant.to) || '(nothing)'}`,
      );
  }
  // Otherwise a test that fails by itself would have killed whatever it was asked about.
  vitest.provide('mutant', -1);
  const { testModules } = await vitest.runTestSpecifications(asked(new Set(tried.flatMap(testsOf))));
  if (testModules.some((module) => !module.ok()))
    throw new Error('a test fails without any mutant: the run says nothing');
  await vitest.close();

  for (const [room, of] of Map.groupBy(outcomes, ({ mutant }) => roomOf(mutant.path))) {
    const killed = of.filter(({ outcome }) => outcome === 'killed').length;
    const same = known.filter(({ path }) => roomOf(path) === room).length;
    const percent = (100 * killed) / of.length;
    say(`${room}: ${killed} of ${of.length} killed, ${percent.toFixed(1)} % (${same} equivalent left out)`);
    if (percent < enough) process.exitCode = 1;
  }
};

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

await main();
