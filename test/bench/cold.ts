import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { physicalName } from '../../infra/local-aws/template/names.ts';
import { envNames, resourceNames } from '../../shared/names.ts';
import { environments } from '../load/environment.ts';
import { spreadOf, type Spread } from '../load/measure.ts';
import { deployed } from '../load/variants.ts';
import { anEvent } from '../support/fixtures.ts';
import { houston } from '../support/local-stack.ts';
import { baselineAssembly } from './baseline/stack.ts';
import type { startOurs } from './side-by-side.ts';

/** Milliseconds of CPU in a fresh process: until the module is loaded, and until it has answered its first event. */
type Cold = { readonly load: number; readonly first: number };
export type ColdRow = {
  readonly name: string;
  readonly load: Spread;
  readonly first: Spread;
  /** To the tutorial's, round by round. */
  readonly ratio: { readonly load: Spread; readonly first: Spread };
};

const rounds = Number(process.env['PAIRS'] ?? 8);
const run = promisify(execFile);

/** Loads a bundle as Lambda does and, where there is one, has it answer an event. */
const probe = `
  const [url, event] = process.argv.slice(1);
  const spent = (since) => { const { user, system } = process.cpuUsage(since); return (user + system) / 1000; };
  const begun = process.cpuUsage();
  const { handler } = await import(url);
  const load = spent(begun);
  const answer = event === undefined ? {} : await handler(JSON.parse(event), { awsRequestId: 'bench', getRemainingTimeInMillis: () => 9000 });
  if (event !== undefined && answer.statusCode !== 202 && answer.batchItemFailures?.length !== 0) throw new Error(JSON.stringify(answer));
  process.stderr.write('@' + JSON.stringify({ load, first: spent(begun) }), () => process.exit());
`;

const probeOnce = async (path: string, environment: Readonly<Record<string, string>>, event: object): Promise<Cold> => {
  const args = ['--input-type=module', '--eval', probe, pathToFileURL(path).href];
  const { stderr } = await run(process.execPath, [...args, JSON.stringify(event)], { env: environment });
  return JSON.parse(stderr.slice(stderr.lastIndexOf('@') + 1)) as Cold;
};

type Probed = {
  readonly name: string;
  readonly path: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly event: () => object | Promise<object>;
};

const arn = (topic: string) => `arn:aws:sns:us-east-1:000000000000:${topic}`;

/** What only a deploy knows, as the emulator has it. */
const deployedNames = {
  [envNames.table]: physicalName('AlertButton', 'AlertTable'),
  [envNames.consulateTopicArnPrefix]: arn(resourceNames.consulateTopicPrefix),
  [envNames.ministryTopicArn]: arn(resourceNames.ministryTopic),
  [envNames.familyTopicArnPrefix]: arn(resourceNames.familyTopicPrefix),
  [envNames.representativeTopicArnPrefix]: arn(resourceNames.representativeTopicPrefix),
  [envNames.geofenceCollection]: 'AlertButton-offices',
};

/** The SDK puts a name before the host of Amazon Location's. */
const atEndpoint = (url: string) => ({
  AWS_ENDPOINT_URL: url.replace('127.0.0.1', 'localhost'),
  NODE_OPTIONS: `--import=${new URL('../deploy/shim/resolve-loopback.ts', import.meta.url).href}`,
});

/** In turns, so that what else the machine does falls upon all alike. */
export const measureCold = async (
  ours: Pick<Awaited<ReturnType<typeof startOurs>>, 'url' | 'auth' | 'untoldPress'>,
  tutorial: { readonly url: string },
): Promise<readonly ColdRow[]> => {
  const directory = await mkdtemp(join(tmpdir(), 'alert-button-bench-'));
  const assembly = await baselineAssembly();
  try {
    const environmentOf = await environments(directory);
    const credentials = { AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: 'local-operator', AWS_SECRET_ACCESS_KEY: 'any' };
    const variants = (['raise-alert', 'announce-to-family', 'announce-to-authorities'] as const).map((name) => ({
      name,
      ...deployed(directory, name, environmentOf),
    }));
    const press = () => ({ alertId: crypto.randomUUID(), position: houston });
    const all: readonly Probed[] = [
      {
        name: 'tutorial',
        path: join(assembly.assetDirectory, 'asset.press/index.mjs'),
        environment: {
          ...credentials,
          ...atEndpoint(tutorial.url),
          TABLE: physicalName('Tutorial', 'Table'),
          COLLECTION: 'offices',
          FAMILY_TOPIC: arn('FamilyTopic'),
          OFFICE_TOPIC: arn('OfficeTopic'),
          MINISTRY_TOPIC: arn('MinistryTopic'),
        },
        event: () => ({ ...anEvent({ routeKey: 'POST /alerts' }), body: JSON.stringify(press()) }),
      },
      ...variants.map(({ name, path, environment }): Probed => {
        const env = { ...environment, ...credentials, ...deployedNames, ...atEndpoint(ours.url) };
        const pressed = () => anEvent({ routeKey: 'POST /v1/alerts', headers: ours.auth, json: press() });
        return {
          name,
          path,
          environment: env,
          event: name === 'raise-alert' ? pressed : async () => ours.untoldPress(name),
        };
      }),
    ];
    const taken = new Map<string, Cold[]>(all.map(({ name }) => [name, []]));
    for (let round = -1; round < rounds; round += 1) {
      for (const { name, path, environment, event } of all) {
        const cold = await probeOnce(path, environment, await event());
        if (round >= 0) taken.get(name)?.push(cold);
      }
    }
    const baseline = taken.get('tutorial') ?? [];
    return all.map(({ name }) => {
      const each = taken.get(name) ?? [];
      const of = (key: keyof Cold) => each.map((cold) => cold[key]);
      const ratioOf = (key: keyof Cold) =>
        spreadOf(of(key).map((time, round) => time / (baseline[round]?.[key] ?? Number.NaN)));
      return {
        name,
        load: spreadOf(of('load')),
        first: spreadOf(of('first')),
        ratio: { load: ratioOf('load'), first: ratioOf('first') },
      };
    });
  } finally {
    await assembly.dispose();
    await rm(directory, { recursive: true, force: true });
  }
};
