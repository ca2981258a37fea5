import { globSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { lastBuild, rememberBuild } from '../build-cache.ts';
import { prepareBundles } from '../constructs/bundle.ts';
import type { Assembly } from '../local-aws/assembly.ts';
import { parseJson } from '../local-aws/json.ts';
import { parseTemplate } from '../local-aws/template/template.ts';

const repository = fileURLToPath(new URL('../../', import.meta.url));

/** Member of a build that is no asset. */
const stackFile = 'stack.json';
const stackSchema = z.object({ stackName: z.string(), region: z.string(), template: z.unknown() });

const inDirectory = async <Result>(use: (directory: string) => Promise<Result>): Promise<Result> => {
  const directory = await mkdtemp(join(tmpdir(), 'alert-button-'));
  try {
    return await use(directory);
  } catch (error) {
    await rm(directory, { recursive: true, force: true });
    throw error;
  }
};

/**
 * Synthesises the CDK app in this process, as `cdk deploy` would, without policy packs. The canary is off unless
 * a test wants it: on one machine it would only press the button beside the person who tries it. The edge is off: here
 * nothing stands before the gateway.
 */
const runApp = async (settings: Settings): Promise<ReadonlyMap<string, string>> => {
  // esbuild works on the other core meanwhile: loading CDK takes most of the time of a first start.
  const [{ buildApp }, { default: cdkJson }] = await Promise.all([
    import('../app.ts'),
    import('../../cdk.json', { with: { type: 'json' } }),
    prepareBundles(),
  ]);
  return inDirectory(async (outdir) => {
    const app = await buildApp({
      settings: { ...cdkJson.context.alertButton, canaryMinutes: 0, edge: false, ...settings },
      outdir,
      policyPacks: false,
    });
    const [stack] = app.synth().stacks;
    if (stack === undefined) throw new Error('the CDK app has no stack');
    const template: unknown = stack.template;
    const { stackName, environment } = stack;
    const made = new Map([[stackFile, JSON.stringify({ stackName, region: environment.region, template })]]);
    const assets = globSync(['asset.*/*', '*.nested.template.json'], { cwd: outdir });
    for (const path of assets) made.set(path, readFileSync(join(outdir, path), 'utf8'));
    await rm(outdir, { recursive: true, force: true });
    return made;
  });
};

/** What is not as here by default; other names of settings have a cache of their own. */
type Settings = Readonly<Record<string, unknown>>;

const cacheOf = (settings: Settings) => ({ name: ['assembly', ...Object.keys(settings)].join('-'), options: settings });

const runAppAndRemember = async (settings: Settings): Promise<ReadonlyMap<string, string>> => {
  const made = await runApp(settings);
  const inputs = globSync(
    ['{app,infra,functions,shared}/**/*.{ts,json}', 'app/**/*.{css,html,png,svg}', 'docs/openapi.json', 'cdk.json'],
    {
      cwd: repository,
    },
  );
  rememberBuild(cacheOf(settings), inputs.toSorted(), made);
  return made;
};

/** The synthesised app: that of the last run, if no source has changed since. */
export const synthesise = async (settings: Settings = {}): Promise<Assembly> => {
  const made = lastBuild(cacheOf(settings)) ?? (await runAppAndRemember(settings));
  const { stackName, region, template } = stackSchema.parse(parseJson(made.get(stackFile) ?? ''));
  return inDirectory(async (assetDirectory) => {
    for (const [path, text] of made) {
      if (path === stackFile) continue;
      await mkdir(dirname(join(assetDirectory, path)), { recursive: true });
      await writeFile(join(assetDirectory, path), text);
    }
    return {
      stackName,
      region,
      template: parseTemplate(template),
      assetDirectory,
      dispose: () => rm(assetDirectory, { recursive: true, force: true }),
    };
  });
};
