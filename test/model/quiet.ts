import { afterAll, beforeAll } from 'vitest';

/** Keeps the handlers' log from the terminal; a spy would keep its millions of lines in memory. */
export const keepQuiet = (): void => {
  const write = process.stdout.write.bind(process.stdout);
  beforeAll(() => {
    process.stdout.write = () => true;
  });
  afterAll(() => {
    process.stdout.write = write;
  });
};
