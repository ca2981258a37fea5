/** What the thread of a function is started with. */
export type WorkerData = {
  /** Absolute path of the bundle that exports the handler. */
  readonly bundlePath: string;
  /** Name of the exported handler. */
  readonly exportName: string;
  /** The local clock's offset, see `clock.ts`. */
  readonly clockOffset: SharedArrayBuffer;
  readonly functionName: string;
  readonly functionArn: string;
  readonly memoryMegabytes: number;
};

/** Asks the thread to run its handler once. Events and results travel as JSON text, as they do in AWS. */
export type Invoke = { readonly requestId: string; readonly event: string; readonly timeoutMs: number };

/** An error as Lambda reports it. */
export type FunctionError = {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace?: readonly string[];
};

/** What the thread tells its pool. */
export type WorkerMessage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'init-error'; readonly error: FunctionError }
  | { readonly kind: 'result'; readonly requestId: string; readonly payload: string }
  | { readonly kind: 'error'; readonly requestId: string; readonly error: FunctionError }
  | { readonly kind: 'log'; readonly requestId?: string; readonly line: string };
