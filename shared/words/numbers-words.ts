import type { numbers } from './es/numbers.ts';

/** What the page of numbers says. Spanish sets what there is; no other language compiles without it. */
export type NumbersWords = typeof numbers;
