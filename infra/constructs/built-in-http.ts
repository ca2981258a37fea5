// Stands in for `node:http` in the functions' bundles (see bundle.ts). It runs in Lambda, not here.

/**
 * Node's own module, taken without importing it. The SDK imports `node:http` with its first request, and an import reads
 * every property of the module once: one of them loads all of undici, a fifth of the CPU of a cold press.
 */
// oxlint-disable-next-line import/no-default-export -- The SDK takes the default export.
export default process.getBuiltinModule('node:http');
