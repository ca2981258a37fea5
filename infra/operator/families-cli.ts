import { type Command, type Deps, runCommandLine } from './command-line.ts';
import { retireFamily } from './retire-family.ts';
import { readOutputs } from './stack-outputs.ts';

const usage = `Support for people who cannot help themselves any more. Reads nothing about anybody.

  npm run families -- retire <family-id>    erases the family of somebody who has lost phone and recovery code: all its
                                            contacts are told. Be sure who asks: docs/operating.md, "Support"

--json      for programs (npm run --silent families -- …): {familyId, retiredAt}
--region    AWS region of the stack; default: AWS_REGION, then the region in cdk.json
--local     the local stack instead of AWS, at the URL that follows, else at http://127.0.0.1:3000 (PORT as for
            npm start); --url <URL> is the same
--help      this text

Exit codes: 0 done; 2 not carried out, or no such family.`;

const commands: Readonly<Record<string, Command>> = {
  retire: {
    arguments: [1, 1],
    missing: 'Name the family: its id, a whole UUID.',
    run: async ({ args: [familyId = ''], aws }) => {
      const target = await aws();
      const { table } = await readOutputs(target);
      return retireFamily(target, table, familyId);
    },
  },
};

/** Runs one command line (without `node` and the file's name). @returns the exit code; never rejects. */
export const runFamilies = async (argv: readonly string[], deps: Deps): Promise<number> =>
  runCommandLine(argv, { usage, commands }, deps);
