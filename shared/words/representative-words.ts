import type { representatives } from './es/representatives.ts';

/** What a legal representative reads, and what others read of one. Spanish sets what there is; no other language compiles without it. */
export type RepresentativeWords = typeof representatives;
