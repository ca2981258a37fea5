import { parseArgs } from 'node:util';
import type { Office } from './offices.ts';
import { offices, similarIds } from './offices.ts';
import { asJson, asTable, unheard } from './report.ts';
import type { Sns } from './subscriptions.ts';
import { OperatorError, readAll, subscribe, unsubscribe } from './subscriptions.ts';

export const usage = `Who hears of alerts: the subscriptions of the consulates' and the ministry's topics.

  npm run consulate -- list [--json] [--show-endpoints]
  npm run consulate -- subscribe <office-id|ministry> <protocol> <endpoint>
  npm run consulate -- unsubscribe <office-id|ministry> <endpoint>

protocols   email, email-json, sms (+12135550123), https (https://…), sqs, lambda (an ARN)
--region    AWS region of the stack; default: AWS_REGION, then your AWS profile
--local     the local stack instead of AWS, at http://127.0.0.1:3000 or the URL that follows
--help      this text

Exit codes: 0 done; 1 list found an office or the ministry with nobody confirmed; 2 the command could not be carried out.`;

/** Where the stack is: an AWS region (or the profile's), or the URL of a local stack. */
export type Target = { readonly region: string | undefined } | { readonly localUrl: string };

/** What the command works with; tests pass their own. */
export type Deps = {
  readonly connect: (target: Target) => Sns;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
};

const endpointRules: Readonly<Record<string, { readonly pattern: RegExp; readonly example: string }>> = {
  email: { pattern: /^[^@\s]+@[^@\s]+\.[^@\s]+$/, example: 'a mailbox such as guardia@example.org' },
  'email-json': { pattern: /^[^@\s]+@[^@\s]+\.[^@\s]+$/, example: 'a mailbox such as guardia@example.org' },
  sms: { pattern: /^\+[1-9]\d{7,14}$/, example: 'a phone with its country code such as +12135550123' },
  https: { pattern: /^https:\/\/[^\s/]+/, example: 'an address that begins with https://' },
  sqs: { pattern: /^arn:[\w-]+:sqs:/, example: 'the ARN of a queue' },
  lambda: { pattern: /^arn:[\w-]+:lambda:/, example: 'the ARN of a function' },
};

const findOffice = (id: string | undefined): Office => {
  if (id === undefined) throw new OperatorError('Name an office, or ministry. Ids: npm run consulate -- list');
  const office = offices.find((candidate) => candidate.id === id);
  if (office) return office;
  const similar = similarIds(id);
  const hint = similar.length > 0 ? `Did you mean ${similar.join(' or ')}?` : 'Ids: npm run consulate -- list';
  throw new OperatorError(`There is no office "${id}". ${hint}`);
};

const checkEndpoint = (
  protocol: string | undefined,
  endpoint: string | undefined,
): { protocol: string; endpoint: string } => {
  const rule = endpointRules[protocol ?? ''];
  if (protocol === undefined || !rule) {
    throw new OperatorError(`The protocol must be one of ${Object.keys(endpointRules).join(', ')}.`);
  }
  if (endpoint === undefined || !rule.pattern.test(endpoint))
    throw new OperatorError(`For ${protocol} give ${rule.example}.`);
  return { protocol, endpoint };
};

const explanations: readonly { readonly pattern: RegExp; readonly text: string }[] = [
  {
    pattern: /Credentials|TokenProvider/,
    text: 'You are not logged in to AWS: run "aws sso login" or set credentials, or use --local.',
  },
  {
    pattern: /ExpiredToken|InvalidClientTokenId|UnrecognizedClient|SignatureDoesNotMatch/,
    text: 'AWS does not accept your credentials: log in again.',
  },
  {
    pattern: /AuthorizationError|AccessDenied/,
    text: 'Your AWS identity may not do this; it needs sns:ListTopics, ListSubscriptionsByTopic, Subscribe and Unsubscribe.',
  },
  { pattern: /Region is missing/, text: 'No AWS region is set: give --region or set AWS_REGION.' },
  { pattern: /ECONNREFUSED/, text: 'Nothing answers there. For --local start the local stack first: npm start' },
  { pattern: /ENOTFOUND/, text: 'That address does not exist: check --region or the URL of --local.' },
];

const explain = (fault: unknown): string => {
  if (fault instanceof OperatorError) return fault.message;
  if (!(fault instanceof Error)) return String(fault);
  const code = 'code' in fault && typeof fault.code === 'string' ? fault.code : '';
  const known = explanations.find(({ pattern }) => pattern.test(`${fault.name} ${code} ${fault.message}`));
  return known ? known.text : `AWS refused: ${fault.message} (${fault.name})`;
};

const parse = (argv: readonly string[]) => {
  try {
    return parseArgs({
      // `--local` may stand alone, which parseArgs knows only of switches.
      args: argv.map((arg, index) =>
        arg === '--local' && !argv[index + 1]?.startsWith('http') ? '--local=http://127.0.0.1:3000' : arg,
      ),
      allowPositionals: true,
      options: {
        region: { type: 'string' },
        local: { type: 'string' },
        json: { type: 'boolean', default: false },
        'show-endpoints': { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
  } catch (fault) {
    throw new OperatorError(`${fault instanceof Error ? fault.message : 'What?'}\n\n${usage}`);
  }
};

const carryOut = async (argv: readonly string[], { connect, out }: Deps): Promise<number> => {
  const { values, positionals } = parse(argv);
  const [command, ...rest] = positionals;
  if (values.help) {
    out(usage);
    return 0;
  }
  const sns = () => connect(values.local === undefined ? { region: values.region } : { localUrl: values.local });

  if (command === 'list') {
    const rows = await readAll(sns());
    const options = { showEndpoints: values['show-endpoints'] };
    out(values.json ? asJson(rows, options) : asTable(rows, options));
    return unheard(rows).length === 0 ? 0 : 1;
  }
  if (command === 'subscribe') {
    const office = findOffice(rest[0]);
    const { protocol, endpoint } = checkEndpoint(rest[1], rest[2]);
    const { confirmed } = await subscribe(sns(), office, protocol, endpoint);
    out(
      confirmed
        ? `Subscribed to ${office.id}.`
        : `Asked: ${office.id} counts it once the confirmation that SNS sent there is opened.`,
    );
    return 0;
  }
  if (command === 'unsubscribe') {
    const office = findOffice(rest[0]);
    if (rest[1] === undefined)
      throw new OperatorError('Name the endpoint to remove. Endpoints: npm run consulate -- list --show-endpoints');
    await unsubscribe(sns(), office, rest[1]);
    out(`Removed from ${office.id}.`);
    return 0;
  }
  throw new OperatorError(
    `${command === undefined ? 'Say what to do.' : `There is no command "${command}".`}\n\n${usage}`,
  );
};

/** Runs one command line (without `node` and the file's name). @returns the exit code; never rejects. */
export const runConsulate = async (argv: readonly string[], deps: Deps): Promise<number> => {
  try {
    return await carryOut(argv, deps);
  } catch (fault) {
    deps.err(explain(fault));
    return 2;
  }
};
