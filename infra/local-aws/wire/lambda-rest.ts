import { AwsError } from '../aws-service.ts';
import { stringAt } from '../json.ts';
import type { WireFormat } from './wire-format.ts';

const invocation = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/;

const headers = (requestId: string): Record<string, string> => ({
  'content-type': 'application/json',
  'x-amzn-requestid': requestId,
});

/**
 * Lambda's REST JSON, of which the local stack has two operations. The payload of an invocation is the body itself, both
 * ways. https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
 */
export const lambdaRest: WireFormat = {
  decode: ({ method, path, headers: sent, body }) => {
    if (method === 'GET' && /^\/2016-08-19\/account-settings\/?$/.test(path)) {
      return { operation: 'GetAccountSettings', input: {} };
    }
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
