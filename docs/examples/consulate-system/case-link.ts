import { setTimeout as delay } from 'node:timers/promises';
import { isObject, parseJson } from './sns-message.ts';

export type Acknowledged =
  | { readonly kind: 'acknowledged' }
  /** An officer had the case before: yourself a moment ago, or another office. */
  | { readonly kind: 'taken'; readonly by: string }
  | { readonly kind: 'closed' }
  /** Or the case is deleted. */
  | { readonly kind: 'link-expired' }
  | { readonly kind: 'wrong-name'; readonly detail: string };

type Answer = { readonly status: number; readonly body: Record<string, unknown> };

const call = async (url: string, officer?: string): Promise<Answer> => {
  const response = await fetch(url, {
    ...(officer !== undefined && { method: 'POST', body: JSON.stringify({ officer }) }),
    headers: { accept: 'application/json', 'content-type': 'application/json' },
    redirect: 'error',
    signal: AbortSignal.timeout(10_000),
  });
  const body = parseJson(await response.text());
  if (response.status === 429 || response.status >= 500)
    throw new Error(`the Alert Button answered ${response.status}`);
  return { status: response.status, body: isObject(body) ? body : {} };
};

const pausesMs = [1000, 3000, 9000];

const withRetries = async (
  attempt: () => Promise<Answer>,
  pause: (ms: number) => Promise<unknown>,
): Promise<Answer> => {
  for (const pauseMs of pausesMs) {
    try {
      return await attempt();
    } catch {
      await pause(pauseMs);
    }
  }
  return attempt();
};

export type LinkOptions = {
  /** Where the operator's links lead, such as `https://alerta.example.org`. */
  readonly linkOrigin: string;
  readonly pause?: (ms: number) => Promise<unknown>;
};

const checked = (link: string, linkOrigin: string): URL => {
  const url = URL.parse(link);
  if (url?.origin !== linkOrigin) throw new Error('the link does not lead to the Alert Button');
  return url;
};

/** How a case stands now. */
export type CaseNow = { readonly state: string; readonly officer: string | undefined };

/**
 * Reads a case by its link. An office is not sent what its own officers do on the page: look before you page again.
 * @returns undefined when the link has expired or the case is deleted: use the link of a newer message
 * @throws when it could not be read after several tries
 */
export const readCase = async (
  link: string,
  { linkOrigin, pause = delay }: LinkOptions,
): Promise<CaseNow | undefined> => {
  const url = checked(link, linkOrigin);
  const { status, body } = await withRetries(async () => call(url.href), pause);
  if (status === 404) return undefined;
  const { state, acknowledged } = body;
  if (status !== 200 || typeof state !== 'string') throw new Error(`the Alert Button answered ${status}`);
  const officer = isObject(acknowledged) ? acknowledged['officer'] : undefined;
  return { state, officer: typeof officer === 'string' ? officer : undefined };
};

/**
 * Says that an officer, a person, has taken the case. This stops the escalation to other offices and tells the family,
 * so a program must never do it by itself on arrival.
 * @param link `info.web` of a message
 * @param officer letters, spaces and `.'-`, at most 80 characters; the family reads it
 * @throws when it could not be said after several tries: take the phone
 */
export const acknowledge = async (
  link: string,
  officer: string,
  { linkOrigin, pause = delay }: LinkOptions,
): Promise<Acknowledged> => {
  const { origin, pathname } = checked(link, linkOrigin);
  const { status, body } = await withRetries(async () => call(`${origin}${pathname}/acknowledge`, officer), pause);
  if (status === 200) return { kind: 'acknowledged' };
  if (status === 404) return { kind: 'link-expired' };
  if (status === 400) return { kind: 'wrong-name', detail: JSON.stringify(body['errors'] ?? body['title']) };
  if (status !== 409) throw new Error(`the Alert Button answered ${status}`);
  // The state does not allow it. Also so when our first try arrived and its answer was lost.
  const found = await readCase(link, { linkOrigin, pause });
  if (found === undefined) return { kind: 'link-expired' };
  if (found.state === 'closed') return { kind: 'closed' };
  if (found.officer === undefined) throw new Error('the Alert Button refused, and nobody has the case');
  return { kind: 'taken', by: found.officer };
};
