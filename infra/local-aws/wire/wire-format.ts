import type { AwsError } from '../aws-service.ts';
import type { JsonObject } from '../json.ts';

export type WireRequest = {
  readonly method: string;
  /** Path without the query, still percent-encoded. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
};

export type WireAnswer = {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

/** How one service's operations travel over HTTP: what the SDK sends and what it expects. */
export type WireFormat = {
  /** Throws `AwsError` for a request that names no operation of the service. */
  readonly decode: (request: WireRequest) => { readonly operation: string; readonly input: JsonObject };
  readonly encode: (operation: string, output: JsonObject, requestId: string) => WireAnswer;
  readonly encodeError: (error: AwsError, requestId: string) => WireAnswer;
};
