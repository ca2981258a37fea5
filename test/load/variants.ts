import { LogLevel, NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import { Runtime } from 'aws-cdk-lib/aws-lambda';
import { App, CfnResource, Stack } from 'aws-cdk-lib/core';
import { buildSync } from 'esbuild';
import { mkdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundleOf, bundleOptions } from '../../infra/constructs/bundle.ts';
import type { FunctionName } from '../../shared/names.ts';
import cdkJson from '../../cdk.json' with { type: 'json' };

const repository = join(import.meta.dirname, '../..');

/** A module that exports `handler`, as a file that Lambda would load. */
export type Variant = {
  /** What it is, for people. */
  readonly label: string;
  readonly path: string;
  readonly bytes: number;
  readonly environment: Environment;
};

type Environment = Readonly<Record<string, string>>;
type EnvironmentOf = (name: FunctionName) => Environment;

const variantAt = (path: string, label: string, environment: Environment): Variant => ({
  label,
  path,
  bytes: statSync(path).size,
  environment,
});

const write = (directory: string, name: string, code: string): string => {
  const path = join(directory, name, 'index.mjs');
  mkdirSync(join(directory, name), { recursive: true });
  writeFileSync(path, code);
  return path;
};

/** What `cdk deploy` uploads. */
export const deployed = (directory: string, name: FunctionName, environmentOf: EnvironmentOf): Variant =>
  variantAt(write(directory, `deployed-${name}`, bundleOf(name)), `${name}, as deployed,`, environmentOf(name));

/** The floor under everything that talks to DynamoDB through the SDK: a client and nothing else, bundled as ours. */
export const bareClient = (directory: string, environment: Environment): Variant => {
  const { outputFiles } = buildSync({
    ...bundleOptions,
    write: false,
    stdin: {
      contents: `import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
        const client = new DynamoDBClient({});
        export const handler = async () => client;`,
      resolveDir: repository,
    },
  });
  const path = write(directory, 'bare-client', outputFiles.map(({ text }) => text).join(''));
  return variantAt(path, 'a bare client', environment);
};

/**
 * The same handlers as `NodejsFunction` bundles them when it is given an entry and the runtime, nothing else: made by
 * the construct itself. For nodejs24.x and the feature flags of our cdk.json it leaves `@aws-sdk/*` and `@smithy/*` out
 * of the bundle, to be taken from the runtime; the code becomes CommonJS, not minified, its packages resolved by
 * `main`. Here the SDK that the runtime would bring is the one in node_modules.
 *
 * @param bundleAwsSDK whether the SDK goes into the bundle; false is the construct's default
 */
export const nodejsFunctionDefaults = <Name extends FunctionName>(
  directory: string,
  names: readonly Name[],
  { environmentOf, bundleAwsSDK }: { readonly environmentOf: EnvironmentOf; readonly bundleAwsSDK: boolean },
): ReadonlyMap<Name, Variant> => {
  const outdir = join(directory, bundleAwsSDK ? 'defaults-with-sdk' : 'defaults');
  mkdirSync(outdir);
  symlinkSync(join(repository, 'node_modules'), join(outdir, 'node_modules'));
  const app = new App({
    outdir,
    context: { ...cdkJson.context, 'aws:cdk:enable-asset-metadata': true },
    analyticsReporting: false,
    treeMetadata: false,
  });
  const stack = new Stack(app, 'Defaults');
  return new Map(
    names.map((name) => {
      const { node } = new NodejsFunction(stack, name, {
        entry: join(repository, `functions/${name}/index.ts`),
        runtime: Runtime.NODEJS_24_X,
        bundling: { logLevel: LogLevel.ERROR, ...(bundleAwsSDK ? { bundleAwsSDK } : {}) },
      });
      const resource = node.defaultChild;
      const asset: unknown = CfnResource.isCfnResource(resource) ? resource.getMetadata('aws:asset:path') : undefined;
      if (typeof asset !== 'string') throw new Error(`NodejsFunction made no asset for ${name}`);
      const label = `${name} by NodejsFunction's defaults${bundleAwsSDK ? ' with the SDK' : ''}`;
      return [name, variantAt(join(outdir, asset, 'index.js'), label, environmentOf(name))];
    }),
  );
};
