import { type CommandLine, type Deps, type Outcome, runCommandLine } from './command-line.ts';
import { examine } from './examine-account.ts';
import type { Aws } from './target.ts';
import { textTable } from './text-table.ts';

const usage = `What the AWS account still lacks before people may rely on this stack: quotas, SMS, subscribers.

  npm run doctor [-- --json]

--json      for programs (npm run --silent doctor -- …): [{id, status: "ok" | "missing" | "unknown", found, todo}]
--region    AWS region of the stack; default: AWS_REGION, then the region in cdk.json
--local     the local stack instead of AWS, at the URL that follows, else at http://127.0.0.1:3000 (PORT as for
            npm start); --url <URL> is the same
--help      this text

Exit codes: 0 nothing is missing; 1 something is; 2 not carried out.`;

const examineAccount = async (aws: Aws): Promise<Outcome> => {
  const findings = await examine(aws);
  const lacking = findings.filter(({ status }) => status === 'missing');
  return {
    exitCode: lacking.length === 0 ? 0 : 1,
    text: [
      textTable([
        ['CHECK', 'STATUS', 'FOUND'],
        ...findings.map(({ id, status, found }) => [id, status === 'missing' ? 'MISSING' : status, found]),
      ]),
      ...findings.filter(({ todo }) => todo !== '').map(({ id, todo }) => `\n${id}\n  ${todo}`),
    ].join('\n'),
    json: findings,
  };
};

const line: CommandLine = {
  usage,
  commands: { doctor: { arguments: [0, 0], run: async ({ aws }) => examineAccount(await aws()) } },
};

/** Runs one command line (without `node` and the file's name). @returns the exit code; never rejects. */
export const runDoctor = async (argv: readonly string[], deps: Deps): Promise<number> =>
  runCommandLine(['doctor', ...argv], line, deps);
