import type { StreamRecord } from '../dynamodb/stream-records.ts';

/** A record on its way to one function. */
export type Queued = StreamRecord & { readonly eventSourceARN: string };
