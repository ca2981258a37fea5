import * as fc from 'fast-check';
import { beforeEach, describe, it, vi } from 'vitest';
import { play } from './play.ts';
import { scenarios } from './scenario.ts';

const runs = Number(process.env['RUNS'] ?? 150);
const seed = Number(process.env['SEED'] ?? 20_261_122);
const minutes = 60_000;

beforeEach(() => {
  // Handlers write their log there, thousands of lines a second.
  vi.spyOn(process.stdout, 'write').mockReturnValue(true);
});

describe('the case and its reference model', () => {
  it(
    'agree after each step of any sequence',
    async () => {
      await fc.assert(
        fc.asyncProperty(scenarios(25), async (scenario) => {
          await play(scenario);
        }),
        { numRuns: runs, seed },
      );
    },
    60 * minutes,
  );
});
