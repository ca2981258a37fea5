/**
 * The product beside a tutorial's stack on the same emulator, in turns (A B A B), each call as slow as in AWS: what people
 * wait for, what an alert calls and costs, what a cold function needs, how fast the nearest office is found. Writes
 * docs/benchmarks.md and its plots. Ratios count: times are this machine's.
 */
import { writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { spreadOf, type Spread } from '../load/measure.ts';
import { measureCold } from './cold.ts';
import { measureIdle } from './idle.ts';
import { measureNearest } from './nearest.ts';
import { barChart } from './plot.ts';
import { costOfThousand, pricesAsOf } from './prices.ts';
import { latenciesMs, recipients, startOurs, startTutorial, type Press } from './side-by-side.ts';

const pairs = Number(process.env['PAIRS'] ?? 8);
const slowPresses = Math.ceil(pairs / 3);
/** Until a stream's function begins, in AWS; the emulator's stream is read within milliseconds. */
const streamLagMs = 200;

type Kind = keyof Press;
const kinds: readonly Kind[] = ['answer', ...recipients];

/** As people have it: what the stream tells comes later by its lag. */
const withLag = (press: Press): Press => ({
  answer: press.answer,
  family: press.family + streamLagMs,
  office: press.office + streamLagMs,
  ministry: press.ministry + streamLagMs,
});

const ours = await startOurs();
const tutorial = await startTutorial();
const taken: { readonly ours: Press; readonly theirs: Press }[] = [];
const slow: Press[] = [];
try {
  const cold = await measureCold(ours, tutorial);
  // The first pair loads the functions.
  for (let pair = -1; pair < pairs; pair += 1) {
    const one = { ours: await ours.press(), theirs: await tutorial.press() };
    if (pair >= 0) taken.push(one);
  }
  const one = { ours: await ours.callsOfOne(), theirs: await tutorial.callsOfOne() };
  const calls = { ours: one.ours.calls, theirs: one.theirs.calls };
  const bytes = { ours: one.ours.bytes, theirs: one.theirs.bytes };
  for (let press = 0; press < slowPresses; press += 1) {
    // After the family is registered: `press` makes everything as fast as usual first.
    slow.push(await ours.pressWhileLocationIsSilent());
  }
  await write({ calls, bytes, cold });
} finally {
  await ours.close();
  await tutorial.close();
}

async function write(measured: {
  readonly calls: {
    readonly ours: Readonly<Record<string, number>>;
    readonly theirs: Readonly<Record<string, number>>;
  };
  readonly bytes: { readonly ours: number; readonly theirs: number };
  readonly cold: Awaited<ReturnType<typeof measureCold>>;
}): Promise<void> {
  const nearest = measureNearest();
  const timesOf = (side: 'ours' | 'theirs', kind: Kind) => taken.map((one) => one[side][kind]);
  const ratioOf = (kind: Kind, lagged: boolean): Spread =>
    spreadOf(taken.map((one) => (lagged ? withLag(one.ours) : one.ours)[kind] / one.theirs[kind]));
  const sum = (counts: Readonly<Record<string, number>>) =>
    Object.values(counts).reduce((all, count) => all + count, 0);
  const month = await measureIdle();
  const idle = Object.values(month).reduce((all, part) => all + part, 0);
  const cost = {
    ours: costOfThousand(measured.calls.ours, [
      { seconds: 0.03, gigabytes: 1.769 },
      { seconds: 0.3, gigabytes: 1.769 },
      { seconds: 0.5, gigabytes: 1.769 },
    ]),
    theirs: costOfThousand(measured.calls.theirs, [{ seconds: 0.16, gigabytes: 0.128 }]),
  };
  const slowFamily = spreadOf(slow.map(({ family }) => family)).median / spreadOf(timesOf('ours', 'family')).median;
  const slowMinistry =
    spreadOf(slow.map(({ ministry }) => ministry)).median / spreadOf(timesOf('ours', 'ministry')).median;
  const coldOf = (name: string, key: 'load' | 'first' = 'first') =>
    measured.cold.find((row) => row.name === name)?.ratio[key].median ?? Number.NaN;
  const lagAllowed = (kind: Kind) => 1 + streamLagMs / spreadOf(timesOf('theirs', kind)).median;

  const figures: readonly Figure[] = [
    { what: 'answer to the phone', value: ratioOf('answer', false).median, target: 0.2 },
    { what: 'family told, with the stream’s lag', value: ratioOf('family', true).median, target: lagAllowed('family') },
    { what: 'family told while Location is silent, to our own usual', value: slowFamily, target: 1.25 },
    { what: 'ministry told while Location is silent, to our own usual', value: slowMinistry, target: 1.25 },
    {
      what: 'office told, with the stream’s lag',
      value: ratioOf('office', true).median,
      target: lagAllowed('office') + 0.1,
    },
    {
      what: 'ministry told, with the stream’s lag',
      value: ratioOf('ministry', true).median,
      target: lagAllowed('ministry') + 0.1,
    },
    { what: 'press, cold: load and first event', value: coldOf('raise-alert'), target: 0.5 },
    { what: 'announce-to-family, cold: load', value: coldOf('announce-to-family', 'load'), target: 1 },
    { what: 'announce-to-family, cold: load and first event', value: coldOf('announce-to-family'), target: 1 },
    { what: 'announce-to-authorities, cold: load', value: coldOf('announce-to-authorities', 'load'), target: 1 },
    {
      what: 'announce-to-authorities, cold: load and first event',
      value: coldOf('announce-to-authorities'),
      target: 1,
    },
  ];
  const others: readonly Figure[] = [
    { what: 'idle month, USD', value: idle, target: 4 },
    {
      what: 'nearest of all open offices, µs of CPU',
      value: nearest[0]?.microseconds.median ?? Number.NaN,
      target: 10,
    },
  ];
  const docs = join(import.meta.dirname, '../../docs');
  await writeFile(join(docs, 'images/benchmarks.svg'), barChart('Ours to the tutorial’s: less is better', figures));
  const text = document({ figures, others, measured, nearest, month, cost, sum, timesOf });
  await writeFile(join(docs, 'benchmarks.md'), text);
  console.log(text);
}

type Figure = { readonly what: string; readonly value: number; readonly target: number };

function document(given: {
  readonly figures: readonly Figure[];
  readonly others: readonly Figure[];
  readonly measured: Parameters<typeof write>[0];
  readonly nearest: ReturnType<typeof measureNearest>;
  readonly month: Awaited<ReturnType<typeof measureIdle>>;
  readonly cost: { readonly ours: number; readonly theirs: number };
  readonly sum: (counts: Readonly<Record<string, number>>) => number;
  readonly timesOf: (side: 'ours' | 'theirs', kind: Kind) => readonly number[];
}): string {
  const { figures, others, measured, nearest, month, cost, sum, timesOf } = given;
  const row = ({ what, value, target }: Figure) =>
    `| ${what} | ${value.toFixed(2)} | ${target.toFixed(2)} | ${value <= target ? 'yes' : '**no**'} |`;
  const spread = (values: readonly number[]) => {
    const { median, low, high } = spreadOf(values);
    return `${median.toFixed(0)} (${low.toFixed(0)} to ${high.toFixed(0)})`;
  };
  const calls = [...new Set([...Object.keys(measured.calls.ours), ...Object.keys(measured.calls.theirs)])].toSorted();
  return `# Benchmarks

\`npm run bench\` wrote this page on ${new Date().toISOString().slice(0, 10)}, Node ${process.version}, ${cpus().length} cores, other work beside it. It
runs the product beside a tutorial's stack (\`test/bench/baseline\`: one function that stores the alert, asks Amazon Location and
publishes three times, then answers) on the same emulator, in turns, medians of ${pairs} pairs. Each call to AWS takes
${latenciesMs.dynamodb} ms (DynamoDB), ${latenciesMs.sns} ms (SNS) or ${latenciesMs.location} ms (Location) more. **Nothing of this has run on AWS**, and times are this machine's: look at the ratios.

## Ratios to the tutorial's

| figure | ratio | at most | kept |
|---|---|---|---|
${figures.map(row).join('\n')}

| figure | value | at most | kept |
|---|---|---|---|
${others.map(row).join('\n')}

![Ratios to the tutorial's stack](images/benchmarks.svg)

The stream's lag is taken as ${streamLagMs} ms, an assumption: the emulator's stream is read within milliseconds. What is told may be later
than the tutorial's by that lag, for the alert is safe before anybody is told; offices and the ministry by a tenth more.

## Milliseconds, median (quartiles), without the lag

| from the request until | ours | tutorial |
|---|---|---|
${kinds.map((kind) => `| ${kind === 'answer' ? 'the answer' : `${kind} is told`} | ${spread(timesOf('ours', kind))} | ${spread(timesOf('theirs', kind))} |`).join('\n')}

## Cold: milliseconds of CPU in a fresh process, median (quartiles)

| function | load | ratio | load and first event | ratio |
|---|---|---|---|---|
${measured.cold.map(({ name, load, first, ratio }) => `| ${name} | ${load.median.toFixed(0)} (${load.low.toFixed(0)} to ${load.high.toFixed(0)}) | ${ratio.load.median.toFixed(2)} | ${first.median.toFixed(0)} (${first.low.toFixed(0)} to ${first.high.toFixed(0)}) | ${ratio.first.median.toFixed(2)} |`).join('\n')}

The first event is an ordinary press: the tutorial's stores it, asks Location and publishes three times; of ours each does its part,
with nobody near, offices that the watchman has looked at, and the other consumer done.

## Calls of one alert

| operation | ours | tutorial |
|---|---|---|
${calls.map((operation) => `| ${operation} | ${measured.calls.ours[operation] ?? 0} | ${measured.calls.theirs[operation] ?? 0} |`).join('\n')}
| together | ${sum(measured.calls.ours)} | ${sum(measured.calls.theirs)} |
| bytes of their requests | ${measured.bytes.ours} | ${measured.bytes.theirs} |

Both consumers of the stream begin at once here. What each call is for: [ADR 040](adr/040-an-alert-in-few-calls.md).

## Cost, by list prices of ${pricesAsOf} (\`test/bench/prices.ts\`)

1,000 alerts without SMS and mails: ${cost.ours.toFixed(2)} USD, the tutorial's ${cost.theirs.toFixed(2)} USD. Times of functions are taken as 30, 300 and 500 ms (ours) and
160 ms. An idle month: ${Object.entries(month)
    .map(([what, usd]) => `${what} ${usd.toFixed(2)}`)
    .join(', ')} USD.

## The nearest office

Of all open offices, for 1,000 cities of the USA:

| by | µs of CPU, median (quartiles) | of 1,000 get another office than by the geodesic |
|---|---|---|
${nearest.map(({ name, microseconds: { median, low, high }, wrong }) => `| ${name} | ${median.toFixed(1)} (${low.toFixed(1)} to ${high.toFixed(1)}) | ${wrong} |`).join('\n')}
`;
}
