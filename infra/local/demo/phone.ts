import type * as z from 'zod';
import {
  alertStatusResponse,
  raiseAlertResponse,
  type AlertStatusResponse,
  type RaiseAlertResponse,
} from '../../../shared/contracts/alerts.ts';
import { registerFamilyResponse, type RegisterFamilyResponse } from '../../../shared/contracts/families.ts';
import type { InboxMessage } from '../../local-aws/sns/state.ts';

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
const contacts = [
  { name: 'José', channel: 'sms', endpoint: '+12135550147' },
  { name: 'Rosa', channel: 'sms', endpoint: '+525555550122' },
  { name: 'Lupita', channel: 'email', endpoint: 'lupita@example.com' },
] as const;

export const personName = 'María Fernanda Ruiz';

/** Whose endpoint received a message, as people would say it. */
export const nameOf = ({ endpoint }: InboxMessage): string => {
  const contact = contacts.find((known) => known.endpoint === endpoint);
  return contact === undefined ? endpoint : `${contact.name}, ${endpoint}`;
};

export const press = (url: string, token: string, body: object): Promise<Answer<RaiseAlertResponse>> =>
  call(url, { method: 'POST', path: '/v1/alerts', token, body, answer: raiseAlertResponse });

/** What the phone sees of an alert. */
export const statusOf = async (url: string, token: string, alertId: string): Promise<AlertStatusResponse> => {
  const path = `/v1/alerts/${alertId}`;
  return (await call(url, { method: 'GET', path, token, answer: alertStatusResponse })).body;
};

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
    readonly wantsRepresentative?: boolean;
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
