import { existsSync, globSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, relative } from 'node:path';
import { equivalent } from './equivalent.ts';
import { fileNameOf } from './file-name.ts';
import { distancesFrom } from './imports.ts';
import type { Plan, Seen, Tried } from './runner.ts';
import { type Placed, mutantsIn, root, startVitest } from './start.ts';

/*
 * Changes the domain's rules one at a time and counts the changes that no unit or model test notices.
 *   npm run test:mutation                            60 mutants of each folder of shared/domain, of one seed
 *   npm run test:mutation -- shared/domain/press     of these paths only
 *   SAMPLE=100000 SEED=7 npm run test:mutation       all mutants; others
 *   TIERS=2 npm run test:mutation                    by unit tests alone; 1: by those alone that start no table
 *   SECONDS=60 npm run test:mutation                 for each mutant tests of so many seconds of the processor, not of 10
 *   KEEP=/tmp/kept.json npm run test:mutation        what each tier found; the same run goes on from there
 * All mutants of the sample are in the files from the start, asleep: a test is run again for each that it comes by, the
 * test that takes least first. What lives is a bound from above: a test that it was not asked about may notice it.
 */

const sample = Number(process.env['SAMPLE'] ?? 60);
const seed = Number(process.env['SEED'] ?? 20_261_122);
const mostMs = Number(process.env['SECONDS'] ?? 10) * 1000;
/** Test files of a tier that are asked about a file of the domain. */
const mostFiles = Number(process.env['FILES'] ?? 16);
const enough = 90;
// Sequences that a test of the model plays for each mutant.
process.env['RUNS'] ??= '6';
/** Slow, and not about the domain's rules. */
const slow = ['test/unit/{local-,pseudo-language}*', 'test/model/{any-request,memory-table}*'];

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

/** Numbers from 0 to 1 that are the same in each run with the same seed (mulberry32). */
const randomOf = (from: number): (() => number) => {
  let state = from;
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
  const random = randomOf(seed);
  const files = globSync('shared/domain/**/*.ts', { cwd: root })
    .toSorted()
    .filter((file) => paths.length === 0 || paths.some((path) => file.startsWith(path)));
  const drawn = files.flatMap(mutantsIn).map((mutant, id) => ({ ...mutant, id, lot: random() }));
  return [...Map.groupBy(drawn, ({ path }) => roomOf(path)).values()].flatMap((room) =>
    room
      .toSorted((a, b) => a.lot - b.lot)
      .slice(0, sample)
      .toSorted((a, b) => a.id - b.id),
  );
};

const readAll = (directory: string, kind: 'seen' | 'tried') =>
  readdirSync(directory)
    .filter((name) => name.startsWith(`${kind}-`))
    .map((name) => JSON.parse(readFileSync(join(directory, name), 'utf8')));

const testsOf = (seen: readonly Seen[]) =>
  seen.flatMap(({ path, tests }) => Object.entries(tests).map(([id, test]) => ({ path, id, ...test })));

/** For each mutant the tests that come by it, those first that take least, as long as there is time for them. */
const planOf = (seen: readonly Seen[], mutants: readonly Placed[]): ReadonlyMap<string, Plan> => {
  const plans = new Map<string, Record<string, Plan[string] & { readonly ids: number[] }>>();
  const spent = new Map<number, number>();
  const living = new Set(mutants.map(({ id }) => id));
  for (const { path, id: test, met, cpuMs, idleMs } of testsOf(seen).toSorted((a, b) => a.cpuMs - b.cpuMs)) {
    const ids = met.filter((id) => living.has(id) && (spent.get(id) ?? 0) < mostMs);
    for (const id of ids) spent.set(id, (spent.get(id) ?? 0) + cpuMs + idleMs);
    if (ids.length > 0) plans.set(path, { ...plans.get(path), [test]: { ids, cpuMs, idleMs } });
  }
  return plans;
};

/**
 * Which mutants these test files kill. First each file runs once with none awake; then its tests for mutants that they
 * came by. `atLoad`, `outside`: where a mutant was come by before a test, or between them.
 */
const tryIn = async (files: readonly string[], mutants: readonly Placed[]) => {
  const directory = mkdtempSync(join(tmpdir(), 'mutants-'));
  const took = new Map<string, number>();
  const vitest = await startVitest(mutants, 0, (a, b) => (took.get(a) ?? 0) - (took.get(b) ?? 0));
  const ids = mutants.map(({ id }) => id);
  const run = async (kind: 'look' | 'try', asked: readonly string[]) => vitest.run({ kind, directory, ids }, asked);
  const { testModules } = await run('look', files);
  const failed = new Set<string>();
  for (const module of testModules.filter((one) => !one.ok())) {
    failed.add(module.moduleId);
    const [test] = module.children.allTests('failed');
    const [fault] = [...module.errors(), ...(test?.result().errors ?? [])];
    say(`fails without any mutant, so it is not asked: ${relative(root, module.moduleId)}: ${fault?.message ?? ''}`);
  }
  const all: readonly Seen[] = readAll(directory, 'seen');
  const seen = all.filter(({ path }) => !failed.has(path));
  for (const { path, cpuMs } of testsOf(seen)) took.set(path, (took.get(path) ?? 0) + cpuMs);
  const plans = planOf(seen, mutants);
  for (const [path, plan] of plans) writeFileSync(join(directory, fileNameOf('plan', path)), JSON.stringify(plan));
  say(
    `${files.length} test files took ${Math.round([...took.values()].reduce((a, b) => a + b, 0) / 1000)} s of the processor`,
  );
  await run('try', [...plans.keys()]);
  const tried: readonly Tried[] = readAll(directory, 'tried');
  await vitest.close();
  rmSync(directory, { recursive: true });
  for (const name of tried.flatMap(({ unsure }) => unsure)) say(`says nothing: ${name}`);
  const overran = new Set(tried.flatMap((one) => one.overran));
  const endless = mutants.filter(({ id, inLoop }) => inLoop && overran.has(id)).map(({ id }) => id);
  return { seen, took, endless, killed: new Set([...tried.flatMap(({ killed }) => killed), ...endless]) };
};

/** Whether a test file fails if the mutant is awake from the start: it is in what runs when a module is loaded. */
const tryAtLoad = async (
  mutants: readonly Placed[],
  filesOf: (mutant: Placed) => readonly string[],
  msOf: (file: string) => number,
) => {
  const kills = new Map<string, number>();
  const vitest = await startVitest(mutants, 1, () => 0);
  const isKilled = async (mutant: Placed): Promise<boolean> => {
    const score = (file: string): number => kills.get(`${mutant.path} ${file}`) ?? 0;
    // First the files that noticed most of this file's mutants: the first failure ends it.
    const asked: string[] = [];
    let spentMs = 0;
    for (const file of filesOf(mutant).toSorted((one, other) => score(other) - score(one))) {
      if (spentMs > mostMs) break;
      asked.push(file);
      // Each is loaded anew.
      spentMs += 1000 + msOf(file);
    }
    for (const some of [asked.slice(0, 2), asked.slice(2)]) {
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
  const reached = new Map(files.map((file) => [file, distancesFrom(file)]));
  // A test that is called as the file is the nearest; then by how many steps of imports, then who loads least.
  const stepsTo = (file: string, path: string): number => {
    const steps = reached.get(file)?.get(join(root, path)) ?? Infinity;
    return steps < Infinity && basename(file, '.test.ts') === basename(path, '.ts') ? 0 : steps;
  };
  const nearestOf = (path: string): readonly string[] =>
    files
      .filter((file) => stepsTo(file, path) < Infinity)
      .toSorted((a, b) => stepsTo(a, path) - stepsTo(b, path) || sizeOf(a) - sizeOf(b))
      .slice(0, mostFiles);
  const sizeOf = (file: string): number => reached.get(file)?.size ?? 0;
  const near = [...new Set([...new Set(mutants.map(({ path }) => path))].flatMap(nearestOf))];
  const { seen, took, endless, killed } = await tryIn(near, mutants);
  const living = mutants.filter(({ id }) => !killed.has(id));
  // Test files share their modules: of what runs when a module is loaded, only the first of them would know.
  const atLoad = new Set(seen.flatMap((file) => file.atLoad));
  const filesOf = ({ id, path }: Placed): readonly string[] =>
    near
      .filter((file) =>
        atLoad.has(id)
          ? stepsTo(file, path) < Infinity
          : seen.some((one) => one.path === file && one.outside.includes(id)),
      )
      .toSorted((a, b) => stepsTo(a, path) - stepsTo(b, path) || (took.get(a) ?? 0) - (took.get(b) ?? 0));
  const elsewhere = living.filter((mutant) => filesOf(mutant).length > 0);
  const msOf = (file: string): number => took.get(file) ?? 0;
  for (const id of elsewhere.length > 0 ? await tryAtLoad(elsewhere, filesOf, msOf) : []) killed.add(id);
  const inTests = testsOf(seen).flatMap(({ met }) => met);
  const met = new Set([...seen.flatMap(({ atLoad: early, outside }) => [...early, ...outside]), ...inTests]);
  say(`of ${mutants.length} mutants they kill ${killed.size}`);
  return { killed, endless, met };
};

/** Each is asked about what the ones before left: tests that start no table, those that do, and the model, which plays longest. */
const isModel = (file: string): boolean => file.includes('/test/model/');
const startsTable = (file: string): boolean => distancesFrom(file).has(join(root, 'shared/adapters/table.ts'));
const tiers: readonly ((file: string) => boolean)[] = [
  (file: string): boolean => !isModel(file) && !startsTable(file),
  (file: string): boolean => !isModel(file) && startsTable(file),
  isModel,
].slice(0, Number(process.env['TIERS'] ?? 3));

type Found = Awaited<ReturnType<typeof killedIn>>;

const sayLiving = (tried: readonly Placed[], found: readonly Found[]): void => {
  const oneLine = (text: string): string => text.replaceAll(/\s+/gu, ' ').slice(0, 100);
  for (const { id, path, line, from, to } of tried) {
    if (found.some(({ killed }) => killed.has(id))) continue;
    const outcome = found.some(({ met }) => met.has(id)) ? 'lived' : 'unseen';
    say(`${outcome}  ${path}:${line}  ${oneLine(from)}  =>  ${oneLine(to) || '(nothing)'}`);
  }
};

/** In Markdown, for the documentation. */
const sayTable = (tried: readonly Placed[], found: readonly Found[]): void => {
  const kinds = ['Unit', 'Unit, table', 'Model'].slice(0, found.length);
  say(`\n${new Date().toISOString().slice(0, 10)}, \`SEED=${seed} SAMPLE=${sample}\`:\n`);
  say(`| Folder | Mutants | ${kinds.join(' | ')} | of them endless | Killed |`);
  say(`| --- | --: | ${found.map(() => '--: | ').join('')}--: | --: |`);
  const sayRow = (room: string, of: readonly Placed[]): void => {
    const byTier = found.map((tier) => of.filter(({ id }) => tier.killed.has(id)).length);
    const endless = of.filter(({ id }) => found.some((tier) => tier.endless.includes(id))).length;
    const percent = (100 * byTier.reduce((sum, killed) => sum + killed, 0)) / of.length;
    say(`| ${room} | ${of.length} | ${byTier.join(' | ')} | ${endless} | ${percent.toFixed(1)} % |`);
    process.exitCode = percent < enough ? 1 : process.exitCode;
  };
  const rooms = Map.groupBy(tried, ({ path }) => roomOf(path));
  for (const [room, of] of rooms) sayRow(room, of);
  if (rooms.size > 1) sayRow('all', tried);
};

const keptIn = process.env['KEEP'];
const idsOf = (tried: readonly Placed[]): string => tried.map(({ id }) => id).join(' ');

/** Tiers that a run of the same mutants has behind it. */
const keptOf = (tried: readonly Placed[]): Found[] => {
  if (keptIn === undefined || !existsSync(keptIn)) return [];
  const kept: { readonly ids: string; readonly found: readonly Record<keyof Found, number[]>[] } = JSON.parse(
    readFileSync(keptIn, 'utf8'),
  );
  if (kept.ids !== idsOf(tried)) throw new Error(`${keptIn} is of other mutants.`);
  return kept.found.map(({ killed, met, endless }) => ({ killed: new Set(killed), met: new Set(met), endless }));
};
const keep = (tried: readonly Placed[], found: readonly Found[]): void => {
  if (keptIn === undefined) return;
  const tiersFound = found.map(({ killed, met, endless }) => ({ killed: [...killed], met: [...met], endless }));
  writeFileSync(keptIn, JSON.stringify({ ids: idsOf(tried), found: tiersFound }));
};

const main = async (): Promise<void> => {
  const mutants = chooseMutants(process.argv.slice(2));
  const tried = mutants.filter((mutant) => !isEquivalent(mutant));
  say(`${tried.length} mutants; ${mutants.length - tried.length} that change nothing are left out`);
  const files = globSync('test/{unit,world,data,model}/**/*.test.ts', { cwd: root, exclude: slow }).map((file) =>
    join(root, file),
  );
  const found = keptOf(tried);
  for (const isOf of tiers.slice(found.length)) {
    const left = tried.filter(({ id }) => !found.some(({ killed }) => killed.has(id)));
    if (left.length > 0) found.push(await killedIn(files.filter(isOf), left));
    keep(tried, found);
    // After each tier: a run that is cut short has told what it knows.
    process.exitCode = 0;
    sayLiving(tried, found);
    sayTable(tried, found);
  }
};

await main();
