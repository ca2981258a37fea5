import { AwsError } from '../aws-service.ts';
import { throttled } from '../sns/quotas.ts';

export type FaultService = 'dynamodb' | 'sns' | 'location';

/** What `POST /_local/faults` asks for. */
export type Fault = {
  readonly service: FaultService;
  /** Only this operation; absent: all of the service. */
  readonly operation?: string | undefined;
  readonly mode: 'error' | 'throttle' | 'timeout' | 'slow';
  /** How many calls it breaks; absent: all until the faults are deleted. */
  readonly count?: number | undefined;
  /** Probability of breaking a call, 0..1; absent: each call. */
  readonly rate?: number | undefined;
  /** How much later `slow` answers. */
  readonly delayMs?: number | undefined;
};

/** What happens to one call. */
type Breakage =
  | { readonly kind: 'none' }
  | { readonly kind: 'fail'; readonly error: AwsError }
  | { readonly kind: 'never-answer' }
  | { readonly kind: 'delay'; readonly delayMs: number };

export type Faults = {
  readonly add: (fault: Fault) => void;
  readonly list: () => readonly Fault[];
  readonly clear: () => void;
  /** Decides what happens to this call and uses up one of a fault's `count`. */
  readonly next: (service: string, operation: string) => Breakage;
};

const defaultDelayMs = 1000;

/** What each service answers when it has failed itself, and when it throttles. All are retried by the SDK. */
const answers: Record<FaultService, { error: () => AwsError; throttle: () => AwsError }> = {
  dynamodb: {
    error: () => new AwsError('InternalServerError', 'The request could not be processed.', { statusCode: 500 }),
    throttle: () => new AwsError('ThrottlingException', 'Rate exceeded. Reduce the rate of requests.'),
  },
  sns: {
    error: () => new AwsError('InternalError', 'The request could not be processed.', { statusCode: 500 }),
    throttle: throttled,
  },
  location: {
    error: () => new AwsError('InternalServerException', 'The request could not be processed.', { statusCode: 500 }),
    throttle: () => new AwsError('ThrottlingException', 'Rate exceeded', { statusCode: 429 }),
  },
};

const breakageOf = (fault: Fault): Breakage => {
  switch (fault.mode) {
    case 'error':
      return { kind: 'fail', error: answers[fault.service].error() };
    case 'throttle':
      return { kind: 'fail', error: answers[fault.service].throttle() };
    case 'timeout':
      return { kind: 'never-answer' };
    case 'slow':
      return { kind: 'delay', delayMs: fault.delayMs ?? defaultDelayMs };
  }
};

export const createFaults = (random: () => number = Math.random): Faults => {
  let active: { fault: Fault; left: number }[] = [];
  return {
    add: (fault) => {
      active.push({ fault, left: fault.count ?? Number.POSITIVE_INFINITY });
    },
    list: () => active.map(({ fault, left }) => (fault.count === undefined ? fault : { ...fault, count: left })),
    clear: () => {
      active = [];
    },
    next: (service, operation) => {
      const hit = active.find(
        ({ fault }) =>
          fault.service === service &&
          (fault.operation === undefined || fault.operation === operation) &&
          (fault.rate === undefined || random() < fault.rate),
      );
      if (hit === undefined) return { kind: 'none' };
      hit.left -= 1;
      active = active.filter(({ left }) => left > 0);
      return breakageOf(hit.fault);
    },
  };
};
