/** The position is a public place, Dallas city hall. */
const probes = ['/health', '/v1/consulates?latitude=32.7763&longitude=-96.7969&limit=1'] as const;

export type ProbeDeps = {
  readonly fetch: (url: string, init: { readonly signal: AbortSignal }) => Promise<Pick<Response, 'status' | 'json'>>;
  /** Base URL of the API, without a trailing slash. */
  readonly apiUrl: string;
  /** Longest wait for one answer. */
  readonly timeoutMs: number;
};

/** The part of a path that a log may show: never a query string. */
const shown = (path: string): string => `GET ${path.split('?')[0]}`;

const isList = (value: unknown): boolean => Array.isArray(value) && value.length > 0;

const problemWith = async (path: string, deps: ProbeDeps): Promise<string | undefined> => {
  try {
    const answer = await deps.fetch(`${deps.apiUrl}${path}`, { signal: AbortSignal.timeout(deps.timeoutMs) });
    if (answer.status !== 200) return `${shown(path)} answered ${answer.status}`;
    const body: unknown = await answer.json();
    if (typeof body !== 'object' || body === null) return `${shown(path)} answered no JSON object`;
    return 'consulates' in body && !isList(body.consulates) ? `${shown(path)} found no consulate` : undefined;
  } catch (fault) {
    return `${shown(path)} gave no answer: ${fault instanceof Error ? fault.name : typeof fault}`;
  }
};

/**
 * Calls the API as a phone would. If a call fails it rejects and names the call; the alarm counts rejections. Bodies are
 * never logged.
 */
export const createHandler = (deps: ProbeDeps) => async (): Promise<void> => {
  const problems = await Promise.all(probes.map(async (path) => problemWith(path, deps)));
  const found = problems.filter((problem) => problem !== undefined);
  if (found.length > 0) throw new Error(found.join('; '));
};
