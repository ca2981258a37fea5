import { AwsError } from '../aws-service.ts';
import { isObject, parseJson } from '../json.ts';
import type { WireFormat } from './wire-format.ts';

/** Members with these names are base64 on the wire and bytes in the operation's shape. */
const withBytes = (value: unknown, blobs: ReadonlySet<string>): unknown => {
  if (blobs.size === 0) return value;
  if (Array.isArray(value)) return value.map((item) => withBytes(item, blobs));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      blobs.has(name) && typeof member === 'string' ? Buffer.from(member, 'base64') : withBytes(member, blobs),
    ]),
  );
};

/** `JSON.stringify` would write a typed array as an object of its elements. */
const bytesAsBase64 = (_name: string, value: unknown): unknown =>
  value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value;

export type AwsJsonOptions = {
  readonly version: '1.0' | '1.1';
  /** What stands before `#` in an error's `__type`. */
  readonly errorNamespace: string;
  /** Names of blob members. @default none: DynamoDB's binary values stay base64 in the emulator too */
  readonly blobs?: readonly string[];
};

/**
 * AWS JSON 1.0 and 1.1 (DynamoDB, SQS, KMS): one path, the operation in `X-Amz-Target`.
 * https://smithy.io/2.0/aws/protocols/aws-json-1_0-protocol.html
 */
export const awsJson = ({ version, errorNamespace, blobs = [] }: AwsJsonOptions): WireFormat => {
  const blobNames = new Set(blobs);
  const headers = (requestId: string): Record<string, string> => ({
    'content-type': `application/x-amz-json-${version}`,
    'x-amzn-requestid': requestId,
  });
  return {
    decode: ({ headers: { 'x-amz-target': target = '' }, body }) => {
      const operation = target.slice(target.lastIndexOf('.') + 1);
      const input = body === '' ? {} : withBytes(parseJson(body), blobNames);
      if (operation === '') throw new AwsError('UnknownOperationException', 'The request names no operation');
      if (!isObject(input)) throw new AwsError('SerializationException', 'The request body is not a JSON object');
      return { operation, input };
    },
    encode: (_operation, output, requestId) => ({
      statusCode: 200,
      headers: headers(requestId),
      body: JSON.stringify(output, bytesAsBase64),
    }),
    encodeError: (error, requestId) => ({
      statusCode: error.statusCode,
      headers: headers(requestId),
      body: JSON.stringify({ __type: `${errorNamespace}#${error.code}`, message: error.message, ...error.details }),
    }),
  };
};
