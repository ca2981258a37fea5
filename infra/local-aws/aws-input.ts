import type * as z from 'zod';
import { AwsError, type AwsService } from './aws-service.ts';
import { isObject } from './json.ts';

/** One operation of an emulated service: the input as the SDK sends it, the answer as the SDK documents it. */
export type Operation = ((input: Record<string, unknown>, name: string) => Promise<Record<string, unknown>>) & {
  readonly schema?: z.ZodType;
};

/** The first thing wrong with an input. `path` is the member, such as `DeviceState.Position`. */
export type InputProblem = { readonly kind: 'missing' | 'invalid'; readonly path: string; readonly detail: string };

/** What the emulators do not know is never ignored: code that relies on it must fail here, not first in production. */
export const notUnderstood = (what: string): AwsError =>
  new AwsError('NotImplemented', `The local stack does not understand ${what}.`, { statusCode: 501 });

/** Makes a service of named operations; an unknown operation is refused by name. */
export const serviceOf = (service: string, operations: Readonly<Record<string, Operation>>): AwsService => ({
  understands: Object.fromEntries(Object.entries(operations).map(([name, { schema }]) => [name, schema])),
  call: async (name, input) => {
    const run = Object.hasOwn(operations, name) ? operations[name] : undefined;
    if (run === undefined) throw notUnderstood(`${service} ${name}`);
    return run(input, `${service} ${name}`);
  },
});

/**
 * Returns a way to define operations of one service: the schema is strict, a member that it does not list is refused
 * by name, and `refuse` words the service's own answer to a missing or malformed member.
 */
export const operationsOf =
  (refuse: (problem: InputProblem) => AwsError) =>
  <Schema extends z.ZodType>(
    schema: Schema,
    handle: (input: z.output<Schema>) => Promise<Record<string, unknown>> | Record<string, unknown>,
  ): Operation => {
    const run: Operation = async (input, name) => {
      const parsed = schema.safeParse(input);
      if (parsed.success) return handle(parsed.data);
      const [issue] = parsed.error.issues;
      if (issue === undefined) throw notUnderstood(`the input of ${name}`);
      const path = issue.path.join('.');
      if (issue.code === 'unrecognized_keys') {
        throw notUnderstood([name, ...issue.path, issue.keys[0]].map(String).join('.'));
      }
      throw refuse({
        kind: memberAt(input, issue.path) === undefined ? 'missing' : 'invalid',
        path,
        detail: issue.message,
      });
    };
    return Object.assign(run, { schema });
  };

const memberAt = (input: unknown, path: readonly PropertyKey[]): unknown => {
  let value = input;
  for (const key of path) {
    if (Array.isArray(value)) value = value[Number(key)];
    else value = isObject(value) ? value[String(key)] : undefined;
  }
  return value;
};

/** Pages of a list; the token is opaque to callers. Returns undefined for a token that this service did not make. */
export const pageOf = <Item>(
  items: readonly Item[],
  size: number,
  token: string | undefined,
): { readonly items: readonly Item[]; readonly nextToken?: string } | undefined => {
  const start = token === undefined ? 0 : Number(Buffer.from(token, 'base64url').toString());
  if (!Number.isSafeInteger(start) || start < 0 || (token !== undefined && start === 0)) return undefined;
  const end = start + size;
  const page = items.slice(start, end);
  return end < items.length
    ? { items: page, nextToken: Buffer.from(String(end)).toString('base64url') }
    : { items: page };
};
