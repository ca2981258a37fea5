/** By which name the run and its worker give each other what they know of a test file. */
export const fileNameOf = (kind: 'seen' | 'plan' | 'tried', path: string): string =>
  `${kind}-${path.replaceAll(/[^a-z0-9]/giu, '-')}.json`;
