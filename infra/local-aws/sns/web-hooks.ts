import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { setTimeout as delay } from 'node:timers/promises';
import { messageOf } from '../json.ts';
import type { WebHookDelivery } from './state.ts';

// How this differs from AWS, https://docs.aws.amazon.com/sns/latest/dg/SendMessageToHttp.prepare.html:
// - only loopback addresses are posted to, whatever is subscribed: nothing leaves this machine;
// - AWS waits 20 s between retries, here it is a quarter of a second; a delivery policy decides their number only, and
//   more than five are not made: whoever waits for the stack waits for them;
// - AWS wants a certificate from a public authority. There is none for loopback, so none is checked;
// - AWS tells a web hook that it was unsubscribed (`UnsubscribeConfirmation`), this does not.

const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** Whether a URL leads to this machine and nowhere else. */
export const isLoopback = (url: string): boolean => loopback.test(URL.parse(url)?.hostname ?? '');

/** "The message request times out after 15 seconds." */
const timeoutMs = 15_000;
const mostRetries = 5;

/** The receiver refused for good; SNS does not retry client-side errors but for 429: sns-dead-letter-queues.html */
class RefusedError extends Error {}

/** A name could lead elsewhere by `/etc/hosts`, so the only allowed one is not looked up. */
const addressOf = ({ hostname }: URL): string =>
  hostname === 'localhost' ? '127.0.0.1' : hostname.replaceAll(/[[\]]/g, '');

const postOnce = async ({ url, headers, body }: WebHookDelivery, signal: AbortSignal): Promise<number> => {
  if (!isLoopback(url)) throw new RefusedError('the local stack posts to loopback addresses only');
  const target = new URL(url);
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const options = {
    method: 'POST',
    host: addressOf(target),
    port: target.port,
    path: `${target.pathname}${target.search}`,
    headers: {
      ...headers,
      host: target.host,
      'user-agent': 'Amazon Simple Notification Service Agent',
      'content-length': Buffer.byteLength(body),
    },
    agent: false,
    signal,
  };
  const request =
    target.protocol === 'https:' ? requestHttps({ ...options, rejectUnauthorized: false }) : requestHttp(options);
  request.on('response', (response) => {
    response.resume().on('end', () => resolve(response.statusCode ?? 0));
    response.on('error', reject);
  });
  request.on('error', reject);
  request.end(body);
  return promise;
};

const check = (status: number): void => {
  if (status >= 200 && status < 300) return;
  const answered = `answered ${status}`;
  throw status >= 400 && status < 500 && status !== 429 ? new RefusedError(answered) : new Error(answered);
};

/** Posts messages to web hooks on this machine. */
export type WebHooks = {
  /** Resolves when the receiver has taken the message; rejects when it refused it or the retries are used up. */
  readonly post: (delivery: WebHookDelivery) => Promise<void>;
  /** Gives up what is under way. */
  readonly close: () => void;
};

/** @param log takes one line for each failed attempt: with the origin, never with the path or the message */
export const createWebHooks = (log: (line: string) => void, retryDelayMs = 250): WebHooks => {
  const closing = new AbortController();

  const post = async (delivery: WebHookDelivery): Promise<void> => {
    const retries = Math.min(delivery.retries, mostRetries);
    for (let attempt = 0; ; attempt += 1) {
      try {
        check(await postOnce(delivery, AbortSignal.any([closing.signal, AbortSignal.timeout(timeoutMs)])));
        return;
      } catch (error) {
        const isLast = attempt >= retries || error instanceof RefusedError || closing.signal.aborted;
        const next = isLast ? 'given up' : `retry ${attempt + 1} of ${retries}`;
        if (!closing.signal.aborted) log(`SNS to ${new URL(delivery.url).origin}: ${messageOf(error)}; ${next}`);
        if (isLast) throw error;
        await delay(retryDelayMs, undefined, { signal: closing.signal });
      }
    }
  };

  return { post, close: () => closing.abort() };
};
