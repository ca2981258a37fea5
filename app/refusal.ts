import type { AppWords } from '../shared/words/app-words.ts';

/** Why the service refused something. @param reason its word for why */
export const refusalText = ({ problems }: AppWords, status: number, reason: string): string => {
  const [, because] = Object.entries(problems.because).find(([known]) => known === reason) ?? [];
  if (because !== undefined) return because;
  if (status === 401) return problems.unknownPhone;
  if (status === 403) return problems.wrongPin;
  if (status === 429) return problems.busy;
  return status === 400 ? problems.check : problems.failed;
};
