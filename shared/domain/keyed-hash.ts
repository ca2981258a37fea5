/** A hash, hex, that nobody computes without a key that is not stored beside it: short texts cannot be found by trying. */
export type KeyedHash = (text: string) => Promise<string>;
