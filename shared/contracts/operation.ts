import type * as z from 'zod';

/** One route of the API with our own answers; the gateway's are in `openapi.ts`. */
export type Operation = {
  readonly method: 'GET' | 'POST';
  /** As clients see it: `/v1/alerts/{alertId}`. */
  readonly path: string;
  /** Of the gateway's route, where that is one for several operations. @default - `path` */
  readonly route?: string;
  readonly id: string;
  readonly summary: string;
  readonly description?: string;
  readonly auth: 'device' | 'none';
  readonly pathParameters?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly request?: z.ZodType;
  /** The press alone: it is never refused for its Content-Type. */
  readonly anyContentType?: true;
  /**
   * An HTML page unless `Accept` prefers JSON, problems included. A `form` may be sent form-encoded, and is answered by
   * 303 to the page.
   */
  readonly html?: 'page' | 'form';
  /** A form that may be answered by a page instead of the 303: `always` if it changes nothing. */
  readonly shown?: 'always' | 'unconfirmed';
  readonly answers: Readonly<Record<number, { readonly when: string; readonly body: z.ZodType }>>;
  /**
   * Statuses with a problem document (RFC 9457), and when they come. {@link problemsOf} adds those of the token, the body
   * and the ids in the path; a text here replaces the one from there.
   */
  readonly problems?: Readonly<Record<number, string>>;
};

/** When what many operations answer is answered, by the name of the answer in the document. */
export const commonProblems = {
  WrongBody: 'The body is not JSON, or the fields named under `errors` are wrong.',
  WrongQuery: 'The parameters named under `errors` are wrong.',
  UnknownToken: 'The token is missing, malformed, unknown or revoked: always this one body.',
  WrongPin:
    'The PIN is wrong, or there were 5 wrong ones within the last 15 minutes: then `Retry-After` says for how many seconds.',
  NoSuchAlert: 'This family has no such alert.',
  NoSuchCheckIn: 'This family has no such check-in.',
  NoSuchContact: 'This family has no such contact, or it was removed before.',
  NoSuchDevice: 'This family has no such phone, or it was revoked before.',
  NoSuchLink: 'The link is unknown, has expired, or opens no such page or action: always this one body.',
  TooLarge: 'The body is over 16 KB (ours, a problem document) or over 10 MB (the gateway’s).',
  NotJson: 'The body is not sent as JSON.',
  NeitherJsonNorForm: 'The body is sent neither as JSON nor as a form.',
} as const;

/** What is not found, by the parameter of the path that names it. */
const nothingThere = new Map<string, string>([
  ['alertId', commonProblems.NoSuchAlert],
  ['checkInId', commonProblems.NoSuchCheckIn],
  ['contactId', commonProblems.NoSuchContact],
  ['deviceId', commonProblems.NoSuchDevice],
  ['token', commonProblems.NoSuchLink],
]);

const bodyProblems = ({ html, anyContentType }: Operation): Readonly<Record<number, string>> => ({
  400: commonProblems.WrongBody,
  413: commonProblems.TooLarge,
  ...(!anyContentType && { 415: html === 'form' ? commonProblems.NeitherJsonNorForm : commonProblems.NotJson }),
});

/** Every status with a problem document, and when it comes. All routes have 500. */
export const problemsOf = (operation: Operation): Readonly<Record<number, string>> => {
  const { auth, pathParameters, request, problems } = operation;
  const [missing] = Object.keys(pathParameters?.shape ?? {}).flatMap((name) => nothingThere.get(name) ?? []);
  return {
    ...(auth === 'device' && { 401: commonProblems.UnknownToken }),
    ...(missing !== undefined && { 404: missing }),
    ...(request && bodyProblems(operation)),
    ...problems,
  };
};
