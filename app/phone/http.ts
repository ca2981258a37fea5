import type { Answer } from '../queue/steps.ts';

type Json = Readonly<Record<string, unknown>>;

/** One field that the service did not accept. */
export type WrongField = { readonly field: string; readonly code: string };

/** What the service said to a request that a screen made. */
export type Reply =
  | { readonly kind: 'ok'; readonly status: number; readonly body: Json }
  | {
      readonly kind: 'problem';
      readonly status: number;
      readonly code: string;
      readonly reason: string;
      readonly errors: readonly WrongField[];
    }
  /** No answer came. */
  | { readonly kind: 'lost' };

/** A bad network holds a request for long; another try is cheaper than waiting. */
const patience = 20_000;

let skewMs = 0;

/** The service's clock as far as it was seen since the app was opened, else the phone's. */
export const now = (): number => Date.now() + skewMs;

/** A phone's clock may be wrong by days, and what it says of a press is told to people. */
const learnTime = (headers: Headers): void => {
  const skew = Date.parse(headers.get('date') ?? '') - Date.now();
  skewMs = Math.abs(skew) > 60_000 ? skew : 0;
};

const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null;

const fetchJson = async (
  path: string,
  token: string | undefined,
  init: RequestInit,
): Promise<{ readonly status: number; readonly body: unknown }> => {
  const hangUp = new AbortController();
  const timer = setTimeout(() => hangUp.abort(), patience);
  try {
    const response = await fetch(path, {
      ...init,
      headers: {
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(init.body !== undefined && { 'content-type': 'application/json' }),
      },
      cache: 'no-store',
      credentials: 'omit',
      redirect: 'error',
      signal: hangUp.signal,
    });
    learnTime(response.headers);
    const text = await response.text();
    try {
      return { status: response.status, body: JSON.parse(text) };
    } catch {
      return { status: response.status, body: undefined };
    }
  } finally {
    clearTimeout(timer);
  }
};

/** `urn:alert-button:problem:conflict` or a code of its own. */
const codeOf = (body: Json): string => {
  const { code, type } = body;
  return typeof code === 'string' ? code : typeof type === 'string' ? type.replace(/^.*:/, '') : '';
};

const wrongFields = (errors: unknown): WrongField[] =>
  (Array.isArray(errors) ? errors : []).filter(isJson).map(({ field, code }) => ({
    field: typeof field === 'string' ? field : '',
    code: typeof code === 'string' ? code : '',
  }));

/** Asks the service. Never rejects. */
export const ask = async (
  method: 'GET' | 'POST',
  path: string,
  { token, body }: { readonly token?: string | undefined; readonly body?: object } = {},
): Promise<Reply> => {
  try {
    const answer = await fetchJson(path, token, { method, ...(body && { body: JSON.stringify(body) }) });
    const read = isJson(answer.body) ? answer.body : {};
    if (answer.status < 400) return { kind: 'ok', status: answer.status, body: read };
    const [code, { reason }] = [codeOf(read), read];
    const why = typeof reason === 'string' ? reason : code;
    return { kind: 'problem', status: answer.status, code, reason: why, errors: wrongFields(read['errors']) };
  } catch {
    return { kind: 'lost' };
  }
};

/** Sends what waits in the queue. The browser goes on with it when the page is closed. */
export const sendQueued = async (path: string, body: object, token: string): Promise<Answer> => {
  const wasOnline = navigator.onLine;
  try {
    const init = { method: 'POST', body: JSON.stringify(body), keepalive: true };
    return { kind: 'answered', ...(await fetchJson(path, token, init)) };
  } catch {
    return { kind: 'lost', left: wasOnline || navigator.onLine };
  }
};
