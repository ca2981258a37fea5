import { parseJson } from '../../local-aws/json.ts';
import type { HttpAnswer, HttpRequest } from '../../local-aws/server/http-server.ts';
import { controlRoutes, type ControlTarget } from './control-routes.ts';
import { consoleFile } from './console-files.ts';
import { ControlProblem } from './problem.ts';

const json = (statusCode: number, document: unknown, contentType = 'application/json'): HttpAnswer => ({
  statusCode,
  headers: { 'content-type': contentType, 'cache-control': 'no-store' },
  body: JSON.stringify(document),
});

const problem = (refused: ControlProblem, headers: Record<string, string> = {}): HttpAnswer => {
  const answer = json(refused.status, refused.toDocument(), 'application/problem+json');
  return { ...answer, headers: { ...answer.headers, ...headers } };
};

/** Reads a JSON body; undefined for an empty one. */
const bodyOf = ({ body }: HttpRequest): unknown => {
  if (body.length === 0) return undefined;
  const parsed = parseJson(body.toString('utf8'));
  if (parsed === undefined) throw new ControlProblem(400, 'The body is not JSON');
  return parsed;
};

/** Whether a path is `/_local` or below it. */
export const isControlPath = (path: string): boolean => path === '/_local' || path.startsWith('/_local/');

/** Answers `/_local` and everything below it. */
export const answerControl = async (request: HttpRequest, target: ControlTarget): Promise<HttpAnswer> => {
  const { path } = request;
  const method = request.method === 'HEAD' ? 'GET' : request.method;
  const page = method === 'GET' ? await consoleFile(path) : undefined;
  if (page !== undefined) return page;
  const route = Object.hasOwn(controlRoutes, path) ? controlRoutes[path] : undefined;
  if (route === undefined) return problem(new ControlProblem(404, `The local stack has no ${path}`));
  const handle = Object.hasOwn(route, method) ? route[method] : undefined;
  if (handle === undefined) {
    const allow = Object.keys(route).join(', ');
    return problem(new ControlProblem(405, `${path} takes ${allow}`), { allow });
  }
  try {
    const query = Object.fromEntries(request.query);
    return json(200, await handle({ query, body: bodyOf(request) }, target));
  } catch (error) {
    if (error instanceof ControlProblem) return problem(error);
    throw error;
  }
};
