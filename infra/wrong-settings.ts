import type { z } from 'zod';

/** The message is all that an operator needs; a stack trace would hide it. */
export class WrongSettingsError extends Error {
  override name = 'WrongSettingsError';
}

/** Number of single-character edits between two words (Levenshtein). */
const editDistance = (from: string, to: string): number => {
  let previous = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [row, letter] of Array.from(from).entries()) {
    const current = [row + 1];
    for (const [column, other] of Array.from(to).entries()) {
      current.push(
        Math.min(
          (previous[column + 1] ?? 0) + 1,
          (current[column] ?? 0) + 1,
          (previous[column] ?? 0) + (letter === other ? 0 : 1),
        ),
      );
    }
    previous = current;
  }
  return previous[to.length] ?? 0;
};

/** The known words nearest to a mistyped one, nearest first. Always `count` of them: a far guess is better than none. */
export const nearestWords = (word: string, known: readonly string[], count: number): readonly string[] =>
  known
    .map((candidate) => ({ candidate, distance: editDistance(word.toLowerCase(), candidate.toLowerCase()) }))
    .toSorted((a, b) => a.distance - b.distance || a.candidate.localeCompare(b.candidate))
    .slice(0, count)
    .map(({ candidate }) => candidate);

const valueAt = (root: unknown, path: readonly PropertyKey[]): unknown => {
  let value = root;
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = Object.getOwnPropertyDescriptor(value, key)?.value;
  }
  return value;
};

/** A value as the operator wrote it, cut; never the registration code, which is a secret. */
const shown = (root: unknown, path: readonly PropertyKey[]): string => {
  const value = valueAt(root, path);
  if (path[0] === 'registrationCode' || typeof value === 'object' || value === undefined) return '';
  return ` ${JSON.stringify(value)}`.slice(0, 80);
};

const explain = (
  root: unknown,
  issue: z.core.$ZodIssue,
  keysAt: (path: readonly PropertyKey[]) => readonly string[],
): readonly string[] => {
  const at = issue.path.map(String).join('.');
  if (issue.code === 'invalid_key') return issue.issues.map(({ message }) => `${at}: ${message}`);
  if (issue.code !== 'unrecognized_keys') return [`${at || 'alertButton'}${shown(root, issue.path)}: ${issue.message}`];
  return issue.keys.map((key) => {
    const guess = nearestWords(key, keysAt(issue.path), 1).join('');
    return `${[at, key].filter(Boolean).join('.')}: there is no such setting; did you mean "${guess}"?`;
  });
};

/**
 * One error for all wrong settings, a line each: where it is, its value, what to write.
 *
 * @param root the settings as given
 * @param keysAt the keys that are allowed at a path, to suggest one for a mistyped key
 */
export const wrongSettings = (
  root: unknown,
  issues: readonly z.core.$ZodIssue[],
  keysAt: (path: readonly PropertyKey[]) => readonly string[],
): WrongSettingsError => {
  const lines = issues.flatMap((issue) => explain(root, issue, keysAt));
  return new WrongSettingsError(['Wrong settings (cdk.json, context "alertButton"):', ...lines].join('\n  - '));
};
