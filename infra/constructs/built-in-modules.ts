// Stands in for modules of Node in the functions' bundles (see bundle.ts). It runs in Lambda, not here.

/*
 * Taken without importing them: an import reads every property of the module once, and of `node:fs` some load much more.
 * If the SDK or a function needs another property, the bundle fails.
 */

export const {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  getRandomValues,
  randomBytes,
  randomUUID,
  scrypt,
  timingSafeEqual,
} = process.getBuiltinModule('node:crypto');
export const { homedir, platform, release } = process.getBuiltinModule('node:os');
export const { Duplex, PassThrough, Readable, Transform, Writable } = process.getBuiltinModule('node:stream');
export const { createReadStream, fstatSync, lstatSync, readFileSync } = process.getBuiltinModule('node:fs');

export const { setTimeout } = process.getBuiltinModule('node:timers/promises');

// oxlint-disable-next-line import/no-default-export -- The SDK takes the default export of `node:https`.
export default process.getBuiltinModule('node:https');

/** The SDK asks whether a body is one, and ours are text. */
// oxlint-disable-next-line typescript/no-extraneous-class -- It asks by `instanceof`.
export class ReadStream {}
