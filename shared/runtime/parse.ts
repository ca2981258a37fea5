import type { z } from 'zod';
import { invalidRequest } from './problem.ts';

/** @throws {HttpProblem} a 400 naming each wrong field, never its value */
export const parseRequest = <T extends z.ZodType>(schema: T, input: unknown): z.infer<T> => {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  throw invalidRequest(parsed.error.issues.map(({ path, message }) => ({ path, detail: message })));
};
