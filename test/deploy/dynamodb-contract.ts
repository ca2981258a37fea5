import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runCommand } from './command.ts';

/** Tests of the contract that ministack is known to fail, by name. docs/rehearsal.md explains each. */
const knownDifferences: readonly string[] = [
  'enables TTL on one attribute',
  'names what is wrong with keys and expressions',
  'refuses two actions on one item, an action of two kinds, and more than 100',
  'removes by indexes of the list as it was, appends, and changes sets',
];

type Report = {
  readonly testResults: readonly {
    readonly message: string;
    readonly assertionResults: readonly {
      readonly status: string;
      readonly title: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
};

/**
 * Runs the contract of our local DynamoDB against the emulator's. Throws for a difference that is not known, and for
 * a known one that is gone. Answers what to write into the transcript.
 */
export const checkDynamoDbContract = async (
  repository: string,
  directory: string,
  env: Readonly<Record<string, string>>,
  endpoint: string,
): Promise<string> => {
  const reportFile = join(directory, 'contract.json');
  const config = fileURLToPath(import.meta.resolve('./vitest.config.ts'));
  const { output } = await runCommand(
    'vitest',
    ['run', '--config', config, '--reporter=json', `--outputFile=${reportFile}`],
    { cwd: repository, env: { ...env, CONTRACT_ENDPOINT: endpoint }, timeoutSeconds: 120 },
  );
  const text = await readFile(reportFile, 'utf8').catch(() => assert.fail(`the contract did not run:\n${output}`));
  const tests = (JSON.parse(text) as Report).testResults.flatMap(({ assertionResults, message }) => {
    assert.ok(assertionResults.length > 0, message);
    return assertionResults;
  });
  const failed = tests.filter(({ status }) => status === 'failed');
  const unknown = failed.filter(({ title }) => !knownDifferences.includes(title));
  assert.equal(
    unknown.length,
    0,
    unknown.map(({ title, failureMessages }) => `${title}: ${failureMessages.join('\n').slice(0, 600)}`).join('\n\n'),
  );
  const mended = knownDifferences.filter((title) => !failed.some((test) => test.title === title));
  assert.deepEqual(mended, [], 'ministack no longer differs here');
  return `${tests.length - failed.length} of ${tests.length} tests pass, ${failed.length} known differences`;
};
