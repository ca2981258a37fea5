import { expect } from 'vitest';
import { problem } from '../../shared/contracts/common.ts';
import type { Operation } from '../../shared/contracts/operations.ts';
import { operations } from '../../shared/contracts/operations.ts';

type Answer = { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly body: unknown };

/** The operation of a route; `$default` has none. */
const operationOf = (routeKey: string): Operation | undefined =>
  operations.find(({ method, path }) => `${method} ${path}` === routeKey);

/**
 * Holds an answer of one of our handlers to the API's document: its status is named there, its type and body are
 * what stands there, and no member is missing there.
 */
export const expectDocumented = <T extends Answer>(routeKey: string, answer: T): T => {
  const operation = operationOf(routeKey);
  const { status, headers, body } = answer;
  const documented = operation?.answers[status];
  const problems = { ...(operation?.problems ?? { 404: 'unknown path' }), 500: 'a fault of ours' };
  if (status === 303 && operation?.html === 'form') {
    expect(headers['location']).toMatch(/^\//);
    return answer;
  }
  if (!documented && !Object.keys(problems).includes(String(status))) {
    expect.fail(`${routeKey} answers ${status}, which the document does not name`);
  }
  if (String(headers['content-type']).startsWith('text/html')) {
    if (!operation?.html) expect.fail(`${routeKey} answers a page`);
    return answer;
  }
  const schema = documented?.body ?? problem;
  expect(headers['content-type']).toBe(documented ? 'application/json' : 'application/problem+json');
  // Parsing drops what the schema does not know.
  expect(schema.parse(body)).toEqual(body);
  return answer;
};
