import type { z } from 'zod';
import { type FieldProblem, fieldProblems } from '../domain/vocabulary.ts';
import { type FieldError, invalidRequest } from './problem.ts';

type Issue = z.core.$ZodIssue;

const isRecord = (value: unknown): value is Readonly<Record<PropertyKey, unknown>> =>
  typeof value === 'object' && value !== null;

const isMissing = (path: Issue['path'], input: unknown): boolean => {
  let value = input;
  for (const step of path) value = isRecord(value) && Object.hasOwn(value, step) ? value[step] : undefined;
  return value === undefined || value === null;
};

/** A rule of our own says its code in `params`. */
const ownCode = (params: Readonly<Record<string, unknown>> | undefined): FieldProblem | undefined =>
  fieldProblems.find((code) => code === params?.['code']);

const codeOf = (issue: Issue): FieldProblem => {
  switch (issue.code) {
    case 'too_small':
      return issue.origin === 'string' || issue.origin === 'array' ? 'too-short' : 'too-small';
    case 'too_big':
      return issue.origin === 'string' || issue.origin === 'array' ? 'too-long' : 'too-large';
    case 'invalid_format':
      return 'wrong-format';
    case 'invalid_value':
    case 'invalid_union':
      return 'unknown-value';
    case 'custom':
      return ownCode(issue.params) ?? 'wrong-format';
    default:
      return 'wrong-type';
  }
};

export const fieldErrors = ({ issues }: z.ZodError, input: unknown): readonly FieldError[] =>
  issues.map((issue) => ({
    path: issue.path,
    code: isMissing(issue.path, input) ? 'missing' : codeOf(issue),
    detail: issue.message,
  }));

/** Fields lie no deeper than this in any request. */
const deepest = 4;

/**
 * The same without fields that are `null`: many phones' libraries write what is not there so. Not for requests in which
 * `null` removes something.
 */
export const withoutNulls = (value: unknown, depth: number = deepest): unknown => {
  if (!isRecord(value) || depth === 0) return value;
  if (Array.isArray(value)) return value.map((element) => withoutNulls(element, depth - 1));
  const fields = Object.entries(value).filter(([, field]) => field !== null);
  return Object.fromEntries(fields.map(([name, field]) => [name, withoutNulls(field, depth - 1)]));
};

/** @throws {HttpProblem} a 400 naming each wrong field, never its value */
export const parseRequest = <T extends z.ZodType>(schema: T, input: unknown): z.infer<T> => {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  throw invalidRequest(fieldErrors(parsed.error, input));
};
