const oneOfAnId = 'No two have the same id.';

/** Changes that change nothing: no test can notice them. `from` and `to` are as in the source. */
export const equivalent: readonly { path: string; from: string; to: string; why: string }[] = [
  {
    path: 'shared/domain/offices/choose-consulate.ts',
    from: 'ranked.find(({ consulate }) => consulate.id === answer.id)',
    to: 'ranked.findLast(({ consulate }) => consulate.id === answer.id)',
    why: oneOfAnId,
  },
  {
    path: 'shared/domain/offices/responsible-office.ts',
    from: 'ranked.find(({ consulate }) => consulate.id === district.office)',
    to: 'ranked.findLast(({ consulate }) => consulate.id === district.office)',
    why: oneOfAnId,
  },
  {
    path: 'shared/domain/offices/distance.ts',
    from: 'found',
    to: 'false',
    why: 'What is known of an office is only worked out again.',
  },
  {
    path: 'shared/domain/offices/nearest-consulates.ts',
    from: '(measures[index] ?? Infinity) <= limit',
    to: '((measures[index] ?? Infinity)) < (limit)',
    why: 'The limit lies far beyond the nearest, and what is at the limit is not the nearest.',
  },
];
