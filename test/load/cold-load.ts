import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { functionNames, type FunctionName } from '../../shared/names.ts';
import { environments } from './environment.ts';
import { measureLoads, spreadOf, type Spread } from './measure.ts';
import { bareClient, deployed, nodejsFunctionDefaults, type Variant } from './variants.ts';

/** What the press may cost. `laterRatio` is where the limit goes next. */
const limits = { pressBytes: 205_000, pressRatio: 0.65, laterRatio: 0.5 } as const;
const fewestRounds = 15;
const pressName: FunctionName = 'raise-alert';

type Loaded = { readonly bytes: number; readonly milliseconds: Spread };
type Row = {
  readonly name: FunctionName;
  readonly deployed: Loaded;
  readonly defaults: Loaded;
  /** Load time as deployed by that of the defaults, round by round. */
  readonly ratio: Spread;
  /** Load time as deployed by that of a bare client, round by round. */
  readonly ratioToBareClient: Spread;
};
type Report = {
  readonly node: string;
  readonly machine: string;
  readonly rounds: number;
  readonly limits: typeof limits;
  readonly bareClient: Loaded;
  /** The press by `NodejsFunction` with `bundleAwsSDK: true`, its only other way to come by the SDK. */
  readonly pressWithBundledSdk: Loaded & { readonly ratio: Spread };
  readonly functions: readonly Row[];
};

const measure = async (names: readonly FunctionName[], rounds: number): Promise<Report> => {
  const directory = await mkdtemp(join(tmpdir(), 'cold-load-'));
  try {
    const environmentOf = await environments(directory);
    const defaults = nodejsFunctionDefaults(directory, names, { environmentOf, bundleAwsSDK: false });
    const press = nodejsFunctionDefaults(directory, [pressName], { environmentOf, bundleAwsSDK: true }).get(pressName);
    if (press === undefined) throw new Error('NodejsFunction did not bundle the press');
    const bare = bareClient(directory, environmentOf(pressName));
    const pairs = names.map((name) => {
      const other = defaults.get(name);
      if (other === undefined) throw new Error(`NodejsFunction did not bundle ${name}`);
      return { name, ours: deployed(directory, name, environmentOf), other };
    });

    const pressAsDeployed =
      pairs.find(({ name }) => name === pressName)?.ours ?? deployed(directory, pressName, environmentOf);

    const variants = [bare, ...pairs.flatMap(({ ours, other }) => [ours, other]), pressAsDeployed, press];
    const times = await measureLoads(variants, rounds);
    const timesOf = (variant: Variant): readonly number[] => times.get(variant) ?? [];
    const loaded = (variant: Variant): Loaded => ({ bytes: variant.bytes, milliseconds: spreadOf(timesOf(variant)) });
    const ratio = (variant: Variant, to: Variant): Spread =>
      spreadOf(timesOf(variant).map((time, round) => time / (timesOf(to)[round] ?? Number.NaN)));
    return {
      node: process.version,
      machine: `${cpus().length} × ${cpus()[0]?.model ?? 'unknown CPU'}`,
      rounds,
      limits,
      bareClient: loaded(bare),
      pressWithBundledSdk: { ...loaded(press), ratio: ratio(pressAsDeployed, press) },
      functions: pairs.map(({ name, ours, other }) => ({
        name,
        deployed: loaded(ours),
        defaults: loaded(other),
        ratio: ratio(ours, other),
        ratioToBareClient: ratio(ours, bare),
      })),
    };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
};

const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(0)} KB`;
const time = ({ median, low, high }: Spread): string =>
  `${median.toFixed(1)} (${low.toFixed(1)}–${high.toFixed(1)}) ms`;
const share = ({ median, low, high }: Spread): string => `${median.toFixed(2)} (${low.toFixed(2)}–${high.toFixed(2)})`;

const asTable = ({ node, machine, rounds, bareClient: bare, pressWithBundledSdk, functions }: Report): string => {
  const rows = [
    ['function', 'deployed', 'load', 'defaults', 'load', 'ratio', 'to bare client'],
    ...functions.map((row) => [
      row.name,
      kilobytes(row.deployed.bytes),
      time(row.deployed.milliseconds),
      kilobytes(row.defaults.bytes),
      time(row.defaults.milliseconds),
      share(row.ratio),
      row.ratioToBareClient.median.toFixed(2),
    ]),
    ['bare client', kilobytes(bare.bytes), time(bare.milliseconds)],
  ];
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((cells) => (cells[column] ?? '').length)));
  return [
    `Cold load on ${node}, ${machine}: median (quartiles) of ${rounds} fresh processes each, taken in turn.`,
    '',
    ...rows.map((cells) =>
      cells
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    ),
    '',
    'Defaults: NodejsFunction for nodejs24.x leaves the SDK out of the bundle; here it is loaded from node_modules.',
    `With bundleAwsSDK the press would be ${kilobytes(pressWithBundledSdk.bytes)} and load in ` +
      `${time(pressWithBundledSdk.milliseconds)}; ours is ${share(pressWithBundledSdk.ratio)} of that.`,
  ].join('\n');
};

/** What is over the limits, as sentences; empty when all is well. */
const breaches = ({ functions }: Report): string[] => {
  const press = functions.find(({ name }) => name === pressName);
  if (press === undefined) return [];
  const { deployed: ours, ratio } = press;
  return [
    ...(ours.bytes > limits.pressBytes ? [`The press is ${ours.bytes} bytes; the limit is ${limits.pressBytes}.`] : []),
    ...(ratio.median > limits.pressRatio
      ? [`The press loads in ${ratio.median.toFixed(2)} of the defaults' time; the limit is ${limits.pressRatio}.`]
      : []),
  ];
};

type Options = { readonly names: readonly FunctionName[]; readonly rounds: number; readonly json: boolean };

const readOptions = (args: readonly string[]): Options => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { rounds: { type: 'string', default: String(fewestRounds) }, json: { type: 'boolean', default: false } },
  });
  const rounds = Number(values.rounds);
  if (!(Number.isInteger(rounds) && rounds >= fewestRounds)) {
    throw new Error(`--rounds takes a whole number from ${fewestRounds}: fewer say too little`);
  }
  const names = functionNames.filter((name) => positionals.length === 0 || positionals.includes(name));
  const known: readonly string[] = functionNames;
  const unknown = positionals.filter((name) => !known.includes(name));
  if (unknown.length > 0) throw new Error(`no function ${unknown.join(', ')}; there are ${functionNames.join(', ')}`);
  return { names, rounds, json: values.json };
};

try {
  const { names, rounds, json } = readOptions(process.argv.slice(2));
  const report = await measure(names, rounds);
  console.log(json ? JSON.stringify(report, null, 2) : asTable(report));
  const wrong = breaches(report);
  if (wrong.length > 0) {
    console.error(`\n${wrong.join('\n')}`);
    process.exitCode = 1;
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  console.error('\nusage: npm run bench:cold -- [FUNCTION…] [--rounds N] [--json]');
  process.exitCode = 1;
}
