import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseTemplate, type Template } from './template.ts';

export type Assembly = {
  readonly stackName: string;
  readonly region: string;
  readonly template: Template;
  /** Where the functions' bundles lie, `asset.<hash>/index.mjs`. */
  readonly assetDirectory: string;
  /** Removes the directory. */
  readonly dispose: () => Promise<void>;
};

/**
 * Synthesises the CDK app in this process, as `cdk deploy` would, without policy packs. The canary is off: on one
 * machine it would only press the button beside the person who tries it.
 * @param settings replaces single settings of cdk.json
 */
export const synthesise = async (settings: Readonly<Record<string, unknown>> = {}): Promise<Assembly> => {
  // Loading CDK takes most of the time of a start: not before somebody needs it.
  const [{ buildApp }, { default: cdkJson }] = await Promise.all([
    import('../../app.ts'),
    import('../../../cdk.json', { with: { type: 'json' } }),
  ]);
  const outdir = await mkdtemp(join(tmpdir(), 'alert-button-'));
  const dispose = (): Promise<void> => rm(outdir, { recursive: true, force: true });
  try {
    const app = await buildApp({
      settings: { ...cdkJson.context.alertButton, canaryMinutes: 0, ...settings },
      outdir,
      policyPacks: false,
    });
    const [stack] = app.synth().stacks;
    if (stack === undefined) throw new Error('the CDK app has no stack');
    const document: unknown = stack.template;
    return {
      stackName: stack.stackName,
      region: stack.environment.region,
      template: parseTemplate(document),
      assetDirectory: outdir,
      dispose,
    };
  } catch (error) {
    await dispose();
    throw error;
  }
};
