import { defined } from '../domain/defined.ts';
import type { FunctionName } from '../names.ts';
import type { HttpAnswer, HttpHandler, HttpRequest } from './http.ts';
import { httpHandler, readBytes, readJson, toProblem } from './http.ts';
import { HttpProblem } from './problem.ts';

/** By the most specific range. A type that is named wins over a wildcard: libraries send `application/json, *\/*`. */
const wishFor = (accept: string, type: string): number => {
  const ranges = accept.split(',').map((range) => {
    const [name, ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
    const quality = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
    return { name, quality: quality === undefined ? 1 : Number(quality) || 0 };
  });
  const names = [type, `${type.split('/', 1)[0]}/*`, '*/*'];
  for (const [index, name] of names.entries()) {
    const range = ranges.find((each) => each.name === name);
    if (range) return range.quality === 0 ? 0 : range.quality - index / 10_000;
  }
  return 0;
};

const mediaTypeOf = ({ headers }: HttpRequest): string =>
  (headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';

const wishesOf = ({ headers }: HttpRequest): { readonly page: number; readonly json: number } => {
  const accept = headers['accept'] ?? '*/*';
  const json = Math.max(wishFor(accept, 'application/json'), wishFor(accept, 'application/problem+json'));
  return { page: wishFor(accept, 'text/html'), json };
};

/** Whether `Accept` prefers a page, as browsers' does. Programs that take anything do not. */
export const prefersPage = (request: HttpRequest): boolean => {
  const { page, json } = wishesOf(request);
  return page > json;
};

/** Whether `Accept` prefers JSON, or allows both and the request itself was JSON. */
export const wantsJson = (request: HttpRequest): boolean => {
  const { page, json } = wishesOf(request);
  return json === page ? mediaTypeOf(request) === 'application/json' : json > page;
};

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * The fields of a request, sent as JSON or by a form; none without a body.
 * @param options.repeated fields of which a form may send several; each is a list, of a form an empty one too
 * @throws {HttpProblem} 413 over 16 KB or that many bytes, 415 if it is neither, 400 if it is not JSON or no object
 */
export const readFields = (
  request: HttpRequest,
  options: { readonly repeated?: readonly string[]; readonly maximumBytes?: number } = {},
): Record<string, unknown> => {
  const { repeated = [], maximumBytes } = options;
  const mediaType = mediaTypeOf(request);
  if (mediaType === 'application/x-www-form-urlencoded') {
    const fields = new URLSearchParams(readBytes(request, maximumBytes).toString('utf8'));
    return {
      ...Object.fromEntries(fields),
      ...Object.fromEntries(repeated.map((name) => [name, fields.getAll(name)])),
    };
  }
  if (!request.event.body && (mediaType === '' || mediaType === 'application/json')) return {};
  if (mediaType !== 'application/json') {
    throw new HttpProblem(
      415,
      'unsupported-media-type',
      'Send the body as application/json or application/x-www-form-urlencoded.',
    );
  }
  const body = readJson(request, defined({ maximumBytes }));
  if (!isRecord(body)) throw new HttpProblem(400, 'invalid-request', 'The body must be a JSON object.');
  return body;
};

export type PageSettings = {
  /** For every page. The default of {@link httpHandler} allows no style and no form. */
  readonly contentSecurityPolicy: string;
  /** `path`: of the request, as a page may be for somebody who must not see everything. */
  readonly problemPage: (problem: {
    readonly status: number;
    readonly requestId: string;
    readonly path: string;
  }) => string;
};

export type PageAnswer =
  | { readonly kind: 'json'; readonly status: number; readonly body: object }
  /** `contentSecurityPolicy`: instead of every page's. */
  | { readonly kind: 'page'; readonly status: number; readonly html: string; readonly contentSecurityPolicy?: string }
  | { readonly kind: 'csv'; readonly name: string; readonly text: string }
  /** 303: after a form the browser GETs the page, so a reload sends nothing again. */
  | { readonly kind: 'see-other'; readonly path: string };

/** Problems are pages too, unless the caller prefers JSON. */
export const pageHandler = (
  functionName: FunctionName,
  { contentSecurityPolicy, problemPage }: PageSettings,
  answer: (request: HttpRequest) => Promise<PageAnswer>,
): HttpHandler => {
  const vary = { vary: 'Accept' };
  const page = (status: number, body: string, more?: Readonly<Record<string, string>>): HttpAnswer => ({
    status,
    body,
    headers: {
      ...vary,
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': contentSecurityPolicy,
      ...more,
    },
  });
  return httpHandler(functionName, async (request) => {
    try {
      const answered = await answer(request);
      switch (answered.kind) {
        case 'json':
          return { status: answered.status, body: answered.body, headers: vary };
        case 'page':
          return page(
            answered.status,
            answered.html,
            answered.contentSecurityPolicy === undefined
              ? undefined
              : { 'content-security-policy': answered.contentSecurityPolicy },
          );
        case 'csv': {
          const disposition = `attachment; filename="${answered.name}"`;
          const headers = { 'content-type': 'text/csv; charset=utf-8', 'content-disposition': disposition };
          return { status: 200, body: answered.text, headers };
        }
        case 'see-other':
          return page(303, '', { location: answered.path });
      }
    } catch (fault) {
      if (wantsJson(request)) throw fault;
      const { status, headers } = toProblem(fault, request.log);
      return page(status, problemPage({ status, requestId: request.requestId, path: request.event.rawPath }), headers);
    }
  });
};
