import { clearFailedDeploy } from './clear-deploy.ts';
import { type CommandLine, runCommandLine } from './command-line.ts';
import { connect } from './target.ts';

const usage = `Takes away what a first deploy has left that failed, so that the next one can begin: the stack, which is protected
against deletion, and its empty table. Refuses every stack that was complete once.

  npm run deploy:clear [-- --json]

--json      for programs: {cleared: boolean, kept?: [table]}
--region    AWS region of the stack; default: AWS_REGION, then the region in cdk.json
--help      this text

Exit codes: 0 nothing is left; 1 a table holds something and stays; 2 not carried out.`;

const line: CommandLine = {
  usage,
  commands: { clear: { arguments: [0, 0], run: async ({ aws }) => clearFailedDeploy(await aws()) } },
};

process.exitCode = await runCommandLine(['clear', ...process.argv.slice(2)], line, {
  connect,
  out: (text) => console.log(text),
  err: (text) => console.error(text),
});
