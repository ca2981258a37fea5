// Stands in for `@smithy/core/config` in the functions' bundles (see bundle.ts). It runs in Lambda, not here.

// @ts-expect-error -- The package types its public name alone, which the alias gives to this file.
// oxlint-disable-next-line import/export
export * from '../../node_modules/@smithy/core/dist-es/submodules/config/index.js';

type Wanted = {
  readonly environmentVariableSelector: (env: NodeJS.ProcessEnv, options?: object) => unknown;
  readonly default: (() => Promise<unknown>) | readonly string[] | string | number | boolean | undefined;
};

/**
 * A setting by the environment, or else the SDK's default. Its own loader looks into `~/.aws` as well, where Lambda has
 * nothing, and throws and catches four errors for each setting that is nowhere: with each client, and with each request.
 */
export const loadConfig =
  ({ environmentVariableSelector, default: byDefault }: Wanted, options?: object) =>
  async (): Promise<unknown> =>
    environmentVariableSelector(process.env, options) ?? (typeof byDefault === 'function' ? byDefault() : byDefault);

/** We set neither it nor the environment's. */
export const resolveDefaultsModeConfig = () => async (): Promise<string> => 'legacy';
