import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { type TestSpecification, BaseSequencer, createVitest } from 'vitest/node';
import { type Mutant, mutantsOf, withMutants } from './mutants.ts';
import type { Task } from './runner.ts';

export const root = join(import.meta.dirname, '../..');

export type Placed = Mutant & { readonly id: number; readonly path: string };

export const mutantsIn = (path: string): readonly Omit<Placed, 'id'>[] =>
  mutantsOf(path, readFileSync(join(root, path), 'utf8')).map((mutant) => ({ ...mutant, path }));

/** Test files in the order in which `before` puts them, in one process, with all of these mutants in the domain's files. */
export const startVitest = async (
  mutants: readonly Placed[],
  bail: number,
  before: (a: string, b: string) => number,
) => {
  const of = Map.groupBy(mutants, ({ path }) => path);
  class Sequencer extends BaseSequencer {
    override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
      return files.toSorted((a, b) => before(a.moduleId, b.moduleId));
    }
  }
  const vitest = await createVitest(
    {
      config: join(import.meta.dirname, 'vitest.config.ts'),
      root,
      watch: false,
      bail,
      reporters: [{}],
      sequence: { sequencer: Sequencer },
    },
    {
      plugins: [
        {
          name: 'mutants',
          enforce: 'pre',
          transform: (source: string, id: string) => {
            const here = of.get(relative(root, id));
            return here && { code: withMutants(source, here), map: null };
          },
        },
      ],
    },
  );
  const specifications = await vitest.globTestSpecifications();
  const run = async (task: Task, files: readonly string[]) => {
    vitest.provide('task', task);
    // A run that ends at the first failure keeps what it did not come to as it was in the run before.
    vitest.state.idMap.clear();
    vitest.state.filesMap.clear();
    return vitest.runTestSpecifications(specifications.filter(({ moduleId }) => files.includes(moduleId)));
  };
  return { run, close: async () => vitest.close() };
};
