import * as z from 'zod';
import { isObject, parseJson } from '../json.ts';

export type ApiAnswer = {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies: readonly string[];
  readonly body: Buffer;
};

/** What the gateway says by itself: `{"message": …}`. */
export const gatewayAnswer = (statusCode: number, message: string): ApiAnswer => ({
  statusCode,
  headers: { 'content-type': 'application/json' },
  cookies: [],
  body: Buffer.from(JSON.stringify({ message })),
});

export const internalServerError = gatewayAnswer(500, 'Internal Server Error');

const headerValue = z.union([z.string(), z.number(), z.boolean()]).transform(String);

const responseSchema = z.object({
  statusCode: z.coerce.number().int().min(100).max(599),
  headers: z.record(z.string(), headerValue).nullish(),
  cookies: z.array(z.string()).nullish(),
  body: z.string().nullish(),
  isBase64Encoded: z.boolean().nullish(),
});

/** The gateway writes these itself. */
const ownHeaders = new Set(['connection', 'content-length', 'date', 'keep-alive', 'server', 'transfer-encoding']);

/**
 * The answer that a function's result stands for. Without a `statusCode` the result itself is the JSON body; one that
 * does not fit is the gateway's 500,
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export const apiAnswer = (payload: string): ApiAnswer => {
  const result = parseJson(payload);
  if (!isObject(result) || result['statusCode'] === undefined) {
    const body = typeof result === 'string' ? result : payload;
    return { statusCode: 200, headers: { 'content-type': 'application/json' }, cookies: [], body: Buffer.from(body) };
  }
  const parsed = responseSchema.safeParse(result);
  if (!parsed.success) return internalServerError;
  const { statusCode, headers, cookies, body, isBase64Encoded } = parsed.data;
  const kept = Object.entries(headers ?? {})
    .map(([name, value]): [string, string] => [name.toLowerCase(), value])
    .filter(([name]) => !ownHeaders.has(name));
  return {
    statusCode,
    headers: { 'content-type': 'text/plain; charset=utf-8', ...Object.fromEntries(kept) },
    cookies: cookies ?? [],
    body: Buffer.from(body ?? '', isBase64Encoded === true ? 'base64' : 'utf8'),
  };
};
