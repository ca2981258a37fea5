import type * as z from 'zod';

/** An error as an AWS service answers it: `code` is the service's own exception name. */
export class AwsError extends Error {
  readonly code: string;
  /** HTTP status of the answer. */
  readonly statusCode: number;
  /** Further members of the error document, such as `CancellationReasons` or `Item`. */
  readonly details: Record<string, unknown>;

  constructor(code: string, message: string, options: { statusCode?: number; details?: Record<string, unknown> } = {}) {
    super(message);
    this.name = 'AwsError';
    this.code = code;
    this.statusCode = options.statusCode ?? 400;
    this.details = options.details ?? {};
  }
}

/**
 * One AWS service in this process. `operation` is the API action (`PutItem`, `Publish`); `input` and the answer have
 * the shapes that the AWS SDK documents for it. Throws {@link AwsError} for what AWS refuses.
 */
export type AwsService = {
  /** The schema of each action's input: all that it understands. Absent for services that say nothing of themselves. */
  readonly understands?: Readonly<Record<string, z.ZodType | undefined>>;
  readonly call: (operation: string, input: Record<string, unknown>) => Promise<Record<string, unknown>>;
};
