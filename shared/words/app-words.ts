import type { app } from './es/app.ts';

/** Everything that the person's app says, in one language. Spanish sets what there is; no other compiles without it. */
export type AppWords = typeof app;
