import type { StreamRecord } from '../dynamodb/stream-records.ts';
import type { StreamMapping } from './stream-mapping.ts';

/** The readers of the table's stream. */
export type Streams = {
  readonly add: (mapping: StreamMapping) => void;
  /** Hands a record of the table to each reader; returns at once. */
  readonly publish: (record: StreamRecord) => void;
  /** Forgets what is on its way. */
  readonly clear: () => void;
};

export const createStreams = (): Streams => {
  const mappings: StreamMapping[] = [];
  return {
    add: (mapping) => {
      mappings.push(mapping);
    },
    publish: (record) => {
      for (const mapping of mappings) mapping.accept(record);
    },
    clear: () => {
      for (const mapping of mappings) mapping.clear();
    },
  };
};
