import { afterAll, beforeAll } from 'vitest';

/*
 * Set up for tests that call handlers: keeps their log from the terminal. A spy would keep its lines in memory, and the
 * model writes millions.
 */
const write = process.stdout.write.bind(process.stdout);
beforeAll(() => {
  process.stdout.write = () => true;
});
afterAll(() => {
  process.stdout.write = write;
});
