import * as v from 'valibot';

/** What is stored is not of the shape that it should have. */
export class ShapeError extends Error {
  override readonly name = 'ShapeError';
}

/** Where it does not fit, and what should be there. Never what is: items hold names and phones, and valibot quotes them. */
const misfit = (issue: v.BaseIssue<unknown>): ShapeError => {
  const should = issue.input === undefined ? 'is missing' : `should be ${issue.expected ?? issue.type}`;
  return new ShapeError(`${v.getDotPath(issue) ?? 'it'} ${should}`);
};

/** @throws {ShapeError} */
export const readAs = <S extends v.GenericSchema>(schema: S, value: unknown): v.InferOutput<S> => {
  const read = v.safeParse(schema, value);
  if (!read.success) throw misfit(read.issues[0]);
  return read.output;
};

/** @returns `undefined` of what does not fit */
export const tryReadAs = <S extends v.GenericSchema>(schema: S, value: unknown): v.InferOutput<S> | undefined => {
  const read = v.safeParse(schema, value);
  return read.success ? read.output : undefined;
};
