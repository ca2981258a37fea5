import type { z } from 'zod';

/** A refused control request: RFC 9457 problem details that name each wrong field. */
export class ControlProblem extends Error {
  readonly status: number;
  readonly errors: readonly { readonly field: string; readonly detail: string }[];

  constructor(status: number, detail: string, errors: readonly { field: string; detail: string }[] = []) {
    super(detail);
    this.name = 'ControlProblem';
    this.status = status;
    this.errors = errors;
  }

  toDocument(): object {
    const { status, message, errors } = this;
    return { type: 'about:blank', title: message, status, ...(errors.length > 0 && { errors }) };
  }
}

const detailOf = (issue: z.core.$ZodIssue): readonly { field: string; detail: string }[] => {
  const field = issue.path.map(String).join('.');
  if (issue.code !== 'unrecognized_keys') return [{ field, detail: issue.message }];
  return issue.keys.map((key) => ({ field: key, detail: 'there is no such field' }));
};

/** What a request says, or a 400 that names what is wrong with it. */
export const understood = <Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> => {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues.flatMap(detailOf);
  throw new ControlProblem(400, `The request is not valid: ${errors.map(({ field }) => field).join(', ')}`, errors);
};
