import { Stream } from 'node:stream';
import type { Level, Range } from 'dynalite/db/index.js';

const chunkSize = 100;

/**
 * The values of a range as the old-style stream that dynalite's searches read. They are those of one moment: an
 * iterator sees the database as it was when it was made. What a listener throws becomes the stream's `error`, so that
 * a search that fails ends itself and not the process.
 */
export const valueStream = (level: Level, range: Range): Stream => {
  const reader = { hasEnough: false };
  const stream = Object.assign(new Stream(), {
    destroy: () => {
      reader.hasEnough = true;
    },
  });
  const iterator = level.values(range);

  const pump = async (): Promise<void> => {
    try {
      let values = await iterator.nextv(chunkSize);
      while (values.length > 0) {
        for (const value of values) {
          stream.emit('data', value);
          if (reader.hasEnough) return;
        }
        values = await iterator.nextv(chunkSize);
      }
      stream.emit('end');
    } finally {
      await iterator.close();
    }
  };
  pump().catch((error: unknown) => stream.emit('error', error));
  return stream;
};
