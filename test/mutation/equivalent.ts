/** Changes that change nothing: no test can notice them. `from` and `to` are as the run prints them. */
export const equivalent: readonly { path: string; from: string; to: string; why: string }[] = [];
