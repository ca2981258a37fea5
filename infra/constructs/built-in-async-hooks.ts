// Stands in for `node:async_hooks` in the functions' bundles (see bundle.ts), as `built-in-http.ts` does for its module.

/** The SDK imports it with its first request. */
export const { AsyncLocalStorage } = process.getBuiltinModule('node:async_hooks');
