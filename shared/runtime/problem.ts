import type { FieldProblem } from '../domain/vocabulary.ts';

/** `path` as in the body; `detail` never repeats a value that was sent. */
export type FieldError = {
  readonly path: readonly PropertyKey[];
  readonly code: FieldProblem;
  readonly detail: string;
};

/** Of problem documents, by the last part of their type. */
export const problemTitles = {
  'invalid-request': 'The request is not valid',
  'not-json': 'The body is not JSON',
  'too-large': 'The body is too large',
  'unsupported-media-type': 'The content type is not supported',
  unauthorized: 'The token is not known',
  forbidden: 'Not allowed',
  'not-found': 'There is nothing here',
  conflict: 'The state does not allow it',
  'registration-differs': 'The same registrationId registered something else',
  'too-many-requests': 'Too many requests',
  'drills-used-up': 'There are no drills left for now',
  'changes-used-up': 'There are no more changes today',
  'check-ins-used-up': 'There are no more check-ins today',
  internal: 'Something failed on our side',
} as const;

type ProblemKind = keyof typeof problemTitles;

export class HttpProblem extends Error {
  readonly status: number;
  readonly kind: ProblemKind;
  readonly errors: readonly FieldError[];
  readonly headers: Readonly<Record<string, string>>;
  /** A word for programs, beside `detail` for people. */
  readonly reason: string | undefined;

  constructor(
    status: number,
    kind: ProblemKind,
    detail: string,
    options: {
      errors?: readonly FieldError[];
      headers?: Readonly<Record<string, string>>;
      reason?: string;
    } = {},
  ) {
    super(detail);
    this.name = 'HttpProblem';
    this.status = status;
    this.kind = kind;
    this.errors = options.errors ?? [];
    this.headers = options.headers ?? {};
    this.reason = options.reason;
  }

  /** A 401 has no request id: it must be the same for every wrong token. */
  toDocument(requestId: string): object {
    return {
      type: `urn:alert-button:problem:${this.kind}`,
      title: problemTitles[this.kind],
      status: this.status,
      code: this.kind,
      detail: this.message,
      ...(this.reason !== undefined && { reason: this.reason }),
      ...(this.status !== 401 && { requestId }),
      ...(this.errors.length > 0 && {
        errors: this.errors.map(({ path, code, detail }) => ({
          field: path.map(String).join('.'),
          code,
          pointer: `#${path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')}`,
          detail,
        })),
      }),
    };
  }
}

/** The one answer to a missing, malformed, unknown or revoked token. */
export const unauthorized = (): HttpProblem =>
  new HttpProblem(401, 'unauthorized', 'Send a valid device token as Authorization: Bearer <familyId>.<secret>.', {
    headers: { 'www-authenticate': 'Bearer' },
  });

/** To a wrong PIN, and while PINs are locked to every one: then it says until when. */
export const refusedPin = (
  { retryAfterSeconds }: { readonly retryAfterSeconds?: number },
  detail: string = 'Wrong PIN, or too many wrong ones: then wait 15 minutes.',
): HttpProblem =>
  new HttpProblem(403, 'forbidden', detail, {
    headers: retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) },
  });

export const invalidRequest = (errors: readonly FieldError[]): HttpProblem =>
  new HttpProblem(400, 'invalid-request', 'Mend the fields named under errors and send it again.', { errors });
