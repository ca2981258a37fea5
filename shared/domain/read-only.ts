/** A value that was read and that nobody changes, all the way down. */
export type ReadOnly<T> =
  T extends ReadonlySet<infer E> ? ReadonlySet<E> : T extends object ? { readonly [K in keyof T]: ReadOnly<T[K]> } : T;
