import { setTimeout as delay } from 'node:timers/promises';
import { isObject, parseJson } from './sns-message.ts';

export type Acknowledged =
  | { readonly kind: 'acknowledged' }
  /** An officer had the case before: yourself a moment ago, or another office. */
  | { readonly kind: 'taken'; readonly by: string; readonly at: string }
  | { readonly kind: 'closed' }
  /** The link has expired or the case is deleted: use the link of a newer message. */
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

/**
 * Says that an officer, a person, has taken the case. This stops the escalation to other offices and tells the family,
 * so a program must never do it by itself on arrival.
 * @param link `info.web` of a message
 * @param linkOrigin where the operator's links lead, such as `https://alerta.example.org`
 * @param officer letters, spaces and `.'-`, at most 80 characters; the family reads it
 * @throws when it could not be said after several tries: take the phone
 */
export const acknowledge = async (
  link: string,
  officer: string,
  { linkOrigin, pause = delay }: { linkOrigin: string; pause?: (ms: number) => Promise<unknown> },
): Promise<Acknowledged> => {
  const url = URL.parse(link);
  if (url?.origin !== linkOrigin) throw new Error('the link does not lead to the Alert Button');
  const { status, body } = await withRetries(
    async () => call(`${url.origin}${url.pathname}/acknowledge`, officer),
    pause,
  );
  if (status === 200) return { kind: 'acknowledged' };
  if (status === 404) return { kind: 'link-expired' };
  if (status === 400) return { kind: 'wrong-name', detail: JSON.stringify(body['errors'] ?? body['title']) };
  if (status !== 409) throw new Error(`the Alert Button answered ${status}`);
  // The state does not allow it. Also so when our first try arrived and its answer was lost.
  const { body: found } = await withRetries(async () => call(url.href), pause);
  const { acknowledged } = found;
  if (found['state'] === 'closed') return { kind: 'closed' };
  if (!isObject(acknowledged)) throw new Error('the Alert Button refused, and nobody has the case');
  return { kind: 'taken', by: String(acknowledged['officer']), at: String(acknowledged['at']) };
};
