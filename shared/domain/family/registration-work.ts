/**
 * What a registration costs where the operator asks for work: of each puzzle a number so that a SHA-256 begins with that
 * many zero bits. Together 2^18 hashes on average, a second on a cheap phone; many small puzzles, so that bad luck makes
 * it hardly longer.
 */
export const registrationWork = { puzzles: 64, zeroBits: 12 } as const;

export type AskedWork = { readonly challenge: string; readonly puzzles: number; readonly zeroBits: number };

export type DoneWork = { readonly challenge: string; readonly answers: readonly number[] };

/** The ASCII text whose SHA-256 is looked at. With our challenges it fits into one block, which halves the work of each. */
export const workText = (challenge: string, puzzle: number, answer: number): string =>
  `${challenge}.${puzzle}.${answer}`;
