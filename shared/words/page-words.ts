import type { pages } from './es/pages.ts';

/** What pages say beyond {@link CaseWords}. Spanish sets what there is; no other language compiles without it. */
export type PageWords = typeof pages;
