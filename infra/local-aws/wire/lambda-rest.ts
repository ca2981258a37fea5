import { AwsError } from '../aws-service.ts';
import { isObject, parseJson, stringAt } from '../json.ts';
import type { WireFormat } from './wire-format.ts';

const invocation = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/;

/** Operations that carry JSON both ways, or nothing; the first group of the path is the function. */
const others: readonly { readonly method: string; readonly path: RegExp; readonly operation: string }[] = [
  { method: 'GET', path: /^\/2016-08-19\/account-settings\/?$/, operation: 'GetAccountSettings' },
  { method: 'GET', path: /^\/2019-09-30\/functions\/([^/]+)\/concurrency$/, operation: 'GetFunctionConcurrency' },
  { method: 'PUT', path: /^\/2017-10-31\/functions\/([^/]+)\/concurrency$/, operation: 'PutFunctionConcurrency' },
  { method: 'DELETE', path: /^\/2017-10-31\/functions\/([^/]+)\/concurrency$/, operation: 'DeleteFunctionConcurrency' },
];

const decodeOther = (method: string, path: string, body: string): ReturnType<WireFormat['decode']> | undefined => {
  for (const other of others) {
    const match = method === other.method ? other.path.exec(path) : null;
    if (!match) continue;
    const [, name] = match;
    const sent = body === '' ? {} : parseJson(body);
    const given = isObject(sent) ? sent : {};
    return {
      operation: other.operation,
      input: { ...given, ...(name !== undefined && { FunctionName: decodeURIComponent(name) }) },
    };
  }
  return undefined;
};

const headers = (requestId: string): Record<string, string> => ({
  'content-type': 'application/json',
  'x-amzn-requestid': requestId,
});

/**
 * Lambda's REST JSON, of which the local stack has a few operations. The payload of an invocation is the body itself, both
 * ways. https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
 */
export const lambdaRest: WireFormat = {
  decode: ({ method, path, headers: sent, body }) => {
    const other = decodeOther(method, path, body);
    if (other) return other;
    const name = method === 'POST' ? invocation.exec(path)?.[1] : undefined;
    if (name === undefined) {
      throw new AwsError('UnknownOperationException', `${method} ${path} is no operation of Lambda here`, {
        statusCode: 404,
      });
    }
    const type = sent['x-amz-invocation-type'];
    return {
      operation: 'Invoke',
      input: {
        FunctionName: decodeURIComponent(name),
        ...(type !== undefined && { InvocationType: type }),
        Payload: body,
      },
    };
  },
  encode: (operation, output, requestId) => {
    if (operation !== 'Invoke') return { statusCode: 200, headers: headers(requestId), body: JSON.stringify(output) };
    const functionError = stringAt(output, 'FunctionError');
    return {
      statusCode: 200,
      headers: {
        ...headers(requestId),
        'x-amz-executed-version': '$LATEST',
        ...(functionError !== undefined && { 'x-amz-function-error': functionError }),
      },
      body: stringAt(output, 'Payload') ?? '',
    };
  },
  encodeError: (error, requestId) => ({
    statusCode: error.statusCode,
    headers: { ...headers(requestId), 'x-amzn-errortype': error.code },
    body: JSON.stringify({ Type: 'User', message: error.message }),
  }),
};
