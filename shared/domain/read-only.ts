export type ReadOnly<T> =
  T extends ReadonlySet<infer E> ? ReadonlySet<E> : T extends object ? { readonly [K in keyof T]: ReadOnly<T[K]> } : T;
