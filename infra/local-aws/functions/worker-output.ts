/** Sends each line that is written to the console, stdout or stderr of this thread to the local log. */
export const captureOutput = (log: (line: string) => void): void => {
  for (const stream of [process.stdout, process.stderr]) {
    const write = (chunk: unknown, encoding?: unknown, callback?: unknown): boolean => {
      const written = typeof chunk === 'string' ? chunk : Buffer.from(bytesOf(chunk)).toString('utf8');
      for (const line of written.split('\n')) if (line !== '') log(line);
      const done: unknown = typeof encoding === 'function' ? encoding : callback;
      if (typeof done === 'function') Reflect.apply(done, undefined, []);
      return true;
    };
    Object.assign(stream, { write });
  }
};

const bytesOf = (chunk: unknown): Uint8Array => (chunk instanceof Uint8Array ? chunk : new Uint8Array());
