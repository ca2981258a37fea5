import { type BuildOptions, type BuildResult, build, buildSync } from 'esbuild';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type FunctionName, functionNames } from '../../shared/names.ts';
import { lastBuild, rememberBuild } from '../build-cache.ts';

const repository = fileURLToPath(new URL('../../', import.meta.url));

const builtInModules = fileURLToPath(new URL('./built-in-modules.ts', import.meta.url));

/** esbuild's options for each function. `test/load/cold-load.ts` measures the worth of these choices. */
export const bundleOptions = {
  absWorkingDir: repository,
  outdir: 'bundles',
  outExtension: { '.js': '.mjs' },
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  // ES modules if a package has them: esbuild can drop unused parts only of these.
  mainFields: ['module', 'main'],
  minify: true,
  legalComments: 'none',
  // The schema library writes and compiles code for each schema that it is to parse with, which pays from hundreds of uses on.
  banner: { js: 'globalThis.__zod_globalConfig={jitless:true};' },
  // One quotation mark beyond Latin-1 makes V8 read all of the text at two bytes a letter.
  charset: 'ascii',
  logLevel: 'silent',
  alias: {
    // The SDK imports it only if an operation streams events. Inside the bundle that one dynamic import makes esbuild keep
    // whole packages and wrap their modules: a tenth of the press's bytes and load time.
    '@smithy/core/event-streams': fileURLToPath(new URL('./no-event-streams.ts', import.meta.url)),
    '@aws-sdk/credential-provider-node': fileURLToPath(new URL('./environment-credentials.ts', import.meta.url)),
    '@smithy/core/config': fileURLToPath(new URL('./environment-config.ts', import.meta.url)),
    'node:async_hooks': fileURLToPath(new URL('./built-in-async-hooks.ts', import.meta.url)),
    'node:http': fileURLToPath(new URL('./built-in-http.ts', import.meta.url)),
    // Else the alias of `node:fs` would be taken for its folder.
    'node:fs/promises': 'fs/promises',
    ...Object.fromEntries(
      ['node:crypto', 'node:fs', 'node:https', 'node:os', 'node:stream', 'node:timers/promises'].map((name) => [
        name,
        builtInModules,
      ]),
    ),
    'node:process': fileURLToPath(new URL('./global-process.ts', import.meta.url)),
  },
} satisfies BuildOptions;

/** One pass for all functions: they share the SDK and the domain, which are then parsed once. */
const allFunctions = {
  ...bundleOptions,
  write: false,
  metafile: true,
  entryPoints: functionNames.map((name) => ({ in: `functions/${name}/index.ts`, out: name })),
} satisfies BuildOptions;

const cache = { name: 'bundles', options: bundleOptions };

/** The bytes depend on the sources only, not on the repository's path: minified output has no paths. */
const keep = ({ outputFiles, metafile }: BuildResult<typeof allFunctions>): ReadonlyMap<string, string> => {
  const made = new Map(outputFiles.map((file) => [basename(file.path, '.mjs'), file.text]));
  rememberBuild(cache, Object.keys(metafile.inputs), made);
  return made;
};

let bundles: ReadonlyMap<string, string> | undefined;

/** Makes the bundles in esbuild's own process, so that this one can work meanwhile. */
export const prepareBundles = async (): Promise<void> => {
  bundles ??= lastBuild(cache) ?? keep(await build(allFunctions));
};

/** The function's code with all its imports: one ES module with the export `handler`. */
export const bundleOf = (name: FunctionName): string => {
  bundles ??= lastBuild(cache) ?? keep(buildSync(allFunctions));
  const bundle = bundles.get(name);
  if (bundle === undefined) throw new Error(`esbuild made no bundle for functions/${name}.`);
  return bundle;
};
