// Stands in for `node:process` in the functions' bundles (see bundle.ts). It runs in Lambda, not here.

/**
 * The two properties that the SDK takes from `node:process`. Importing that module reads every property of `process`
 * once and so opens standard input, output and error: a tenth of the press's load time. If the SDK needs a third
 * property, the bundle fails.
 */
export const { env, versions } = process;
