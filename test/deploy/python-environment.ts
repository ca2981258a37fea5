import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { mustRun, runCommand, type CommandOptions } from './command.ts';

/** A Python that has what was asked for, or why there is none. */
type PythonEnvironment = { readonly python: string; readonly note: string } | { readonly missing: string };

/**
 * Installs pinned Python packages into a virtual environment of their own, kept in node_modules/.cache.
 * @param env as it is: the registry may be configured there
 * @param wanted.name of the package that all others are for
 */
export const installPython = async (
  repository: string,
  env: Readonly<Record<string, string>>,
  { name, requirements }: { readonly name: string; readonly requirements: string },
): Promise<PythonEnvironment> => {
  const options: CommandOptions = { env, cwd: repository, timeoutSeconds: 120 };
  const version = await runCommand(
    'python3',
    [
      '-c',
      'import sys, ensurepip, venv; assert sys.version_info >= (3, 10), sys.version; print(sys.version.split()[0])',
    ],
    options,
  );
  if (version.exitCode !== 0) return { missing: 'no python3 of at least 3.10 with venv and pip' };

  const pythonVersion = version.output.trim();
  const pins = await readFile(requirements, 'utf8');
  const fingerprint = createHash('sha256')
    .update(`${pythonVersion}\n${repository}\n${pins}`)
    .digest('hex')
    .slice(0, 16);
  const home = join(repository, 'node_modules/.cache/alert-button', `${name}-${fingerprint}`);
  const python = join(home, 'bin/python');
  const note = `${pins.split('\n').find((line) => line.startsWith(`${name}==`))} on Python ${pythonVersion}`;
  // Written last: an interrupted installation is made anew.
  const complete = join(home, 'complete');
  if (existsSync(complete)) return { python, note: `${note}, from the cache` };

  await rm(home, { recursive: true, force: true });
  await mustRun('python3', ['-m', 'venv', home], options);
  const install = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-deps', '-r', requirements];
  const { exitCode, output } = await runCommand(python, install, options);
  if (exitCode === 0) {
    await writeFile(complete, '');
    return { python, note };
  }
  await rm(home, { recursive: true, force: true });
  const why = output.split('\n').findLast((line) => line.startsWith('ERROR')) ?? 'no answer';
  return { missing: `pip cannot install the pinned ${name}: ${why}` };
};
