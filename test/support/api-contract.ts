import { expect } from 'vitest';
import { problem } from '../../shared/contracts/common.ts';
import { type Operation, problemsOf } from '../../shared/contracts/operation.ts';
import { operations } from '../../shared/contracts/operations.ts';

type Answer = { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly body: unknown };

/** The gateway's route of an operation, which may have several; `$default` has none. */
export const routeOf = ({ method, path, route = path }: Operation): string => `${method} ${route}`;

/**
 * Holds an answer of one of our handlers to the API's document: its status is named there, its type and body are
 * what stands there, and no member is missing there.
 */
export const expectDocumented = <T extends Answer>(routeKey: string, answer: T): T => {
  // The actions behind one route are answered alike.
  const operation = operations.find((each) => routeOf(each) === routeKey);
  const { status, headers, body } = answer;
  const documented = operation?.answers[status];
  const problems = { ...(operation ? problemsOf(operation) : { 404: 'unknown path' }), 500: 'a fault of ours' };
  if (status === 303 && operation?.html === 'form') {
    expect(headers['location']).toMatch(/^\//);
    return answer;
  }
  if (!documented && !Object.keys(problems).includes(String(status))) {
    expect.fail(`${routeKey} answers ${status}, which the document does not name`);
  }
  if (String(headers['content-type']).startsWith('text/html')) {
    if (routeKey !== '$default' && !operation?.html) expect.fail(`${routeKey} answers a page`);
    return answer;
  }
  const schema = documented?.body ?? problem;
  expect(headers['content-type']).toBe(documented ? 'application/json' : 'application/problem+json');
  // Parsing drops what the schema does not know.
  expect(schema.parse(body)).toEqual(body);
  return answer;
};
