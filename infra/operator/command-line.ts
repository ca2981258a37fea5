import { parseArgs } from 'node:util';
import { explain, OperatorError } from './operator-error.ts';
import type { Aws, Target } from './target.ts';

/** What the commands work with; tests pass their own. */
export type Deps = {
  readonly connect: (target: Target) => Promise<Aws>;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Port of `npm start` on this machine. @default 3000 */
  readonly localPort?: string | undefined;
};

/**
 * What a command found. `exitCode` 0: done and all is well; 1: done, and something needs a person; 2: not, or not
 * wholly, carried out.
 */
export type Outcome = { readonly exitCode: 0 | 1 | 2; readonly text: string; readonly json: unknown };

/** Options of single commands. */
type OwnOptions = {
  readonly token?: readonly string[] | undefined;
  readonly since?: string | undefined;
  readonly 'show-endpoints'?: boolean | undefined;
  readonly office?: string | undefined;
  readonly 'with-phones'?: boolean | undefined;
};

export type Command = {
  /** Fewest and most arguments after its name. */
  readonly arguments: readonly [fewest: number, most: number];
  /** What to say when there are fewer. */
  readonly missing?: string;
  readonly options?: readonly (keyof OwnOptions)[];
  readonly run: (context: {
    readonly args: readonly string[];
    readonly options: OwnOptions;
    /** Called once what was typed has been checked. */
    readonly aws: () => Promise<Aws>;
  }) => Promise<Outcome>;
};

export type CommandLine = { readonly usage: string; readonly commands: Readonly<Record<string, Command>> };

const localAt = (port = '3000'): string => `http://127.0.0.1:${port}`;

const options = {
  region: { type: 'string' },
  local: { type: 'string' },
  url: { type: 'string' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  token: { type: 'string', multiple: true },
  since: { type: 'string' },
  'show-endpoints': { type: 'boolean' },
  office: { type: 'string' },
  'with-phones': { type: 'boolean' },
} as const;

const ownOptions = ['token', 'since', 'show-endpoints', 'office', 'with-phones'] as const;

const parse = (argv: readonly string[], usage: string, localUrl: string) => {
  try {
    return parseArgs({
      args: argv.map((arg, index) => {
        // `--local` may stand alone, which parseArgs knows only of switches; and it takes a negative number for one.
        if (arg === '--local' && !argv[index + 1]?.startsWith('http')) return `--local=${localUrl}`;
        return /^-[\d.]/.test(arg) ? ` ${arg}` : arg;
      }),
      allowPositionals: true,
      options,
    });
  } catch (fault) {
    throw new OperatorError(`${fault instanceof Error ? fault.message : 'What?'}\n\n${usage}`);
  }
};

const targetOf = (values: {
  readonly region?: string | undefined;
  readonly local?: string | undefined;
  readonly url?: string | undefined;
}): Target => {
  const url = values.url ?? values.local;
  if (url === undefined) return { region: values.region };
  if (values.region !== undefined) throw new OperatorError('--region is for AWS: leave it out with --local or --url.');
  if (!/^https?:\/\//.test(url) || !URL.canParse(url)) {
    throw new OperatorError(`"${url}" is not the address of a local stack; it is like ${localAt()}.`);
  }
  return { localUrl: new URL(url).origin };
};

const find = (name: string | undefined, { usage, commands }: CommandLine): Command => {
  const command = name !== undefined && Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command) return command;
  throw new OperatorError(`${name === undefined ? 'Say what to do.' : `There is no command "${name}".`}\n\n${usage}`);
};

const carryOut = async (
  argv: readonly string[],
  line: CommandLine,
  { connect, out, localPort }: Deps,
): Promise<number> => {
  const { values, positionals } = parse(argv, line.usage, localAt(localPort));
  if (values.help === true) {
    out(line.usage);
    return 0;
  }
  const [name, ...args] = positionals;
  const command = find(name, line);
  const strange = ownOptions.find((option) => values[option] !== undefined && !command.options?.includes(option));
  if (strange !== undefined) throw new OperatorError(`--${strange} is not an option of ${name}.\n\n${line.usage}`);
  const [fewest, most] = command.arguments;
  if (args.length < fewest && command.missing !== undefined) throw new OperatorError(command.missing);
  if (args.length > most) throw new OperatorError(`${name} does not take "${args[most]}".\n\n${line.usage}`);

  const target = targetOf(values);
  const { exitCode, text, json } = await command.run({ args, options: values, aws: async () => connect(target) });
  out(values.json === true ? JSON.stringify(json, undefined, 2) : text);
  return exitCode;
};

/** Runs one command line (without `node` and the file's name). @returns the exit code; never rejects. */
export const runCommandLine = async (argv: readonly string[], line: CommandLine, deps: Deps): Promise<number> => {
  try {
    return await carryOut(argv, line, deps);
  } catch (fault) {
    deps.err(explain(fault));
    return 2;
  }
};
