import { spawn } from 'node:child_process';

export type CommandOptions = {
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** Killed after this long. */
  readonly timeoutSeconds: number;
};

export type CommandResult = { readonly exitCode: number | null; readonly output: string };

/** Runs to the end and answers exit code and output of both streams. A program that is not there is exit code 127. */
export const runCommand = async (
  program: string,
  args: readonly string[],
  { env, cwd, timeoutSeconds }: CommandOptions,
): Promise<CommandResult> =>
  new Promise((resolve) => {
    const child = spawn(program, args, { env, cwd, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
    let output = '';
    const timer = setTimeout(() => {
      output += `\n${program} was ended after ${timeoutSeconds} s`;
      killGroup(child.pid, 'SIGKILL');
    }, timeoutSeconds * 1_000);
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += String(chunk)));
    const end = (exitCode: number | null): void => {
      clearTimeout(timer);
      running.delete(child.pid ?? 0);
      resolve({ exitCode, output });
    };
    running.add(child.pid ?? 0);
    child.on('error', (error) => {
      output += error.message;
      end(127);
    });
    child.on('close', end);
  });

/** Process groups of commands under way. */
const running = new Set<number>();

/** Sends a signal to a process and all it started; does nothing when they have ended. */
export const killGroup = (pid: number | undefined, signal: NodeJS.Signals | 0): boolean => {
  try {
    return pid !== undefined && pid > 0 && process.kill(-pid, signal);
  } catch {
    return false;
  }
};

/** Ends what `runCommand` still runs: the rehearsal was interrupted. */
export const killCommands = (): void => {
  for (const pid of running) killGroup(pid, 'SIGKILL');
};

const lastLines = (text: string, count: number): string => text.trimEnd().split('\n').slice(-count).join('\n');

/** The same, for a command that must succeed: throws with the end of its output otherwise. */
export const mustRun = async (
  program: string,
  args: readonly string[],
  options: CommandOptions,
): Promise<CommandResult> => {
  const result = await runCommand(program, args, options);
  if (result.exitCode !== 0) {
    throw new Error(`${program} ${args.join(' ')}: exit code ${result.exitCode}\n${lastLines(result.output, 40)}`);
  }
  return result;
};
