// Stands in for `node:process` in the functions' bundles (see bundle.ts). It runs in Lambda, not here.

/**
 * What the SDK takes from `node:process`. Importing that module reads every property of `process` once, and so opens
 * standard input, output and error: a tenth of the press's load time for two properties of a global object. An SDK
 * that asks for a third one does not bundle.
 */
export const { env, versions } = process;
