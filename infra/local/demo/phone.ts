import type * as z from 'zod';
import { registerFamilyResponse, type RegisterFamilyResponse } from '../../../shared/contracts/families.ts';

export type Answer<T> = {
  readonly status: number;
  readonly body: T;
  /** From sending the request to having the whole answer. */
  readonly milliseconds: number;
};

type Request<T> = {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly token?: string;
  readonly body?: object;
  /** The contract of the answer. */
  readonly answer: z.ZodType<T>;
};

/** Sends one request as the app on a phone would. @throws {Error} when the API refuses */
export const call = async <T>(url: string, { method, path, token, body, answer }: Request<T>): Promise<Answer<T>> => {
  const sentAt = performance.now();
  const response = await fetch(`${url}${path}`, {
    method,
    headers: {
      accept: 'application/json',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const milliseconds = performance.now() - sentAt;
  if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
  return { status: response.status, body: answer.parse(JSON.parse(text)), milliseconds };
};

/** Nobody's: the numbers are of ranges kept for fiction, the mailbox of a domain kept for examples. */
export const contacts = [
  { name: 'José', channel: 'sms', endpoint: '+12135550147' },
  { name: 'Rosa', channel: 'sms', endpoint: '+525555550122' },
  { name: 'Lupita', channel: 'email', endpoint: 'lupita@example.com' },
] as const;

export const personName = 'María Fernanda Ruiz';

/**
 * Registers the family of the stories: a phone in the USA, one in Mexico, a mailbox.
 * @param more about the person herself
 */
export const register = async (
  url: string,
  language: 'es' | 'en',
  more: {
    readonly phone?: string;
    readonly homePosition?: { readonly latitude: number; readonly longitude: number };
  } = {},
): Promise<RegisterFamilyResponse> => {
  const { body } = await call(url, {
    method: 'POST',
    path: '/v1/families',
    body: {
      person: { name: personName, language, ...more },
      contacts,
      pin: '4821',
      consent: { consularNotification: true, version: '2026-01' },
    },
    answer: registerFamilyResponse,
  });
  return body;
};
