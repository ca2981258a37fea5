import type { LocalStack } from '../local-stack.ts';
import type { Place } from './places.ts';

/** What a story is told with: a stack of its own, and what the command line chose. */
export type Demo = {
  readonly stack: LocalStack;
  readonly language: 'es' | 'en';
  readonly drill: boolean;
  readonly place: Place;
  /** Writes lines for a terminal of 100 columns. */
  readonly print: (...lines: readonly string[]) => void;
};

/** One thing that the system does, told from the press to what everybody received. Rejects when it did not do it. */
export type Story = {
  /** Half a sentence for the list of stories. */
  readonly summary: string;
  readonly tell: (demo: Demo) => Promise<void>;
};
