import type * as z from 'zod';
import type { Attempt } from '../../shared/pages/page-context.ts';
import type { HttpRequest } from '../../shared/runtime/http.ts';
import { readFields } from '../../shared/runtime/page.ts';
import type { FieldError } from '../../shared/runtime/problem.ts';

export type Sent<Action> =
  | { readonly kind: 'action'; readonly action: Action; readonly values: Attempt['values'] }
  | {
      readonly kind: 'wrong';
      readonly values: Attempt['values'];
      readonly errors: readonly FieldError[];
    };

/** An action as it was sent. A form sends an empty field as an empty text: it counts as missing. */
export const readAction = <Schema extends z.ZodType>(
  request: HttpRequest,
  schema: Schema,
  name: string,
): Sent<z.infer<Schema>> => {
  const texts = Object.entries(readFields(request)).filter(
    ([, value]) => typeof value !== 'string' || value.trim() !== '',
  );
  const values = Object.fromEntries(
    texts.flatMap(([field, value]) => (typeof value === 'string' ? [[field, value]] : [])),
  );
  const parsed = schema.safeParse({ ...Object.fromEntries(texts), action: name });
  if (parsed.success) return { kind: 'action', action: parsed.data, values };
  return {
    kind: 'wrong',
    values,
    errors: parsed.error.issues.map(({ path, message }) => ({ path, detail: message })),
  };
};

/** The form to show again. */
export const attemptOf = (action: string, values: Attempt['values'], errors: readonly FieldError[]): Attempt => ({
  action,
  values,
  wrong: [...new Set(errors.map(({ path }) => String(path[0])))],
});
