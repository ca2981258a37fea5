import { Annotations, App, Tags, Validations } from 'aws-cdk-lib/core';
import { type Office, loadConsulateData } from '../shared/data/consulate-data.ts';
import { stackName } from '../shared/names.ts';
import cdkJson from '../cdk.json' with { type: 'json' };
import { AlertButtonStack } from './alert-button-stack.ts';
import { readConfig } from './config.ts';
import { warningsOf } from './muting-settings.ts';

export type BuildAppOptions = {
  /** Settings in place of cdk.json's and the command line's. @default - the context `alertButton` */
  readonly settings?: unknown;
  /** The offices. @default - those of the data */
  readonly offices?: readonly Office[];
  /** Directory of the cloud assembly. @default - the CDK CLI's, else a temporary directory */
  readonly outdir?: string;
  /** Runs cdk-nag, CDK's own validation and our warnings of settings at synth: 1 to 2 s. @default true */
  readonly policyPacks?: boolean;
};

/** The app, not yet synthesised. Throws `WrongSettingsError` for wrong settings. */
export const buildApp = async (options: BuildAppOptions = {}): Promise<App> => {
  const { settings, outdir, policyPacks = true } = options;
  const app = new App({
    // The CLI passes cdk.json's context. `npm start` and tests must have the same feature flags.
    context: { ...cdkJson.context, 'aws:cdk:enable-asset-metadata': true },
    analyticsReporting: false,
    treeMetadata: policyPacks,
    builtinCloudFormationValidation: policyPacks,
    ...(outdir === undefined ? {} : { outdir }),
  });
  const { offices = loadConsulateData().offices } = options;
  const config = readConfig(
    settings ?? app.node.tryGetContext('alertButton'),
    offices.map(({ id }) => id),
  );
  const stack = new AlertButtonStack(app, stackName, {
    description: 'Alert Button: one press reaches the family, the nearest consulate and the ministry',
    env: { region: config.region },
    terminationProtection: config.deletionProtection,
    config,
    offices,
  });
  Tags.of(app).add('app', 'alert-button');
  if (policyPacks) {
    // `npm start` and tests deploy nothing that could mute somebody.
    for (const { id, text } of warningsOf(config)) Annotations.of(stack).addWarningV2(id, text);
    const { AwsSolutionsChecks } = await import('cdk-nag');
    Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  }
  return app;
};

if (import.meta.main) {
  try {
    const app = await buildApp();
    app.synth();
  } catch (error) {
    // The message says what to write. A stack trace of CDK's constructs would bury it.
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
