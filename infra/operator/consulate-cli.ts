import { type Command, type CommandLine, type Deps, type Outcome, runCommandLine } from './command-line.ts';
import { confirmMailboxes } from './confirm-mailboxes.ts';
import { tellDistrict } from './district.ts';
import { drillOffices } from './drill-offices.ts';
import { reportDrills } from './office-drills.ts';
import { testOffices } from './test-offices.ts';
import { parsePhone } from '../../shared/contracts/phone.ts';
import { findOffice, offices } from './offices.ts';
import { OperatorError } from './operator-error.ts';
import { revokeLinks } from './revoke-links.ts';
import { asJson, asTable, mask, unheard } from './subscription-report.ts';
import { mendFilters, readSubscriptions, subscribe, unsubscribe } from './subscriptions.ts';
import { smsCountries } from './target.ts';
import { textTable } from './text-table.ts';

const usage = `Who hears of alerts: the subscriptions of the consulates' and the ministry's topics.

  npm run consulate -- offices                          ids, names and cities; asks nothing of AWS
  npm run consulate -- district <latitude> <longitude>  the office responsible for a place, and the nearest one
  npm run consulate -- list [--show-endpoints]
  npm run consulate -- subscribe <office-id|ministry> <protocol> <endpoint>
  npm run consulate -- confirm [office-id|ministry] --token <token or link of SNS's mail> [--token …]
                                                        several at once also as --token "$(cat links.txt)"
  npm run consulate -- unsubscribe <office-id|ministry> <endpoint>
  npm run consulate -- revoke-links <office-id|ministry>  people have left: no link of before opens anything
  npm run consulate -- test [office-id|ministry …]      a message marked as a drill; to all unless named
  npm run consulate -- drill <office-id|ministry …> [--with-phones]
                                                        a case that each must take within the hour, marked as a drill;
                                                        duty phones are paged in office hours only
  npm run consulate -- drills                           who has taken theirs, and when

protocols   email, email-json, sms (+12135550123), https (https://…), sqs, lambda (an ARN)
--json      for programs (npm run --silent consulate -- …); the shapes are in docs/operating.md
--region    AWS region of the stack; default: AWS_REGION, then the region in cdk.json
--local     the local stack instead of AWS, at the URL that follows, else at http://127.0.0.1:3000 (PORT as for
            npm start); --url <URL> is the same
--help      this text

Exit codes: 0 done; 1 done, and somebody cannot be reached (list, test: an office or the ministry has nobody; confirm:
the link was opened before, so it can be unsubscribed; revoke-links: cases are open there;
drills: none was taken in 45 days); 2 not carried out.`;

const endpointRules: Readonly<Record<string, { readonly pattern: RegExp; readonly example: string }>> = {
  email: { pattern: /^[^@\s]+@[^@\s]+\.[^@\s]+$/, example: 'a mailbox such as guardia@example.org' },
  'email-json': { pattern: /^[^@\s]+@[^@\s]+\.[^@\s]+$/, example: 'a mailbox such as guardia@example.org' },
  https: { pattern: /^https:\/\/[^\s/]+/, example: 'an address that begins with https://' },
  sqs: { pattern: /^arn:[\w-]+:sqs:/, example: 'the ARN of a queue' },
  lambda: { pattern: /^arn:[\w-]+:lambda:/, example: 'the ARN of a function' },
};

/** The endpoint as it is subscribed. @throws OperatorError when it is none of its protocol */
const checkEndpoint = (protocol: string, endpoint: string): string => {
  if (protocol === 'sms') {
    const parsed = parsePhone(endpoint, { countries: smsCountries });
    if ('phone' in parsed) return parsed.phone;
    throw new OperatorError(`A phone ${parsed.problem}; give for example +12135550123.`);
  }
  const rule = Object.hasOwn(endpointRules, protocol) ? endpointRules[protocol] : undefined;
  if (!rule)
    throw new OperatorError(`The protocol must be one of ${[...Object.keys(endpointRules), 'sms'].join(', ')}.`);
  if (!rule.pattern.test(endpoint)) throw new OperatorError(`For ${protocol} give ${rule.example}.`);
  return endpoint;
};

const done = (text: string, json: unknown): Outcome => ({ exitCode: 0, text, json });

const askToConfirm = (officeId: string, protocol: string): string =>
  protocol.startsWith('email')
    ? `Asked: ${officeId} counts it once it is confirmed. Have the mail that SNS sent there forwarded to you and run\n` +
      `  npm run consulate -- confirm --token '<link of the mail>'\n` +
      'instead of opening the link: then no mail scanner can unsubscribe it.'
    : `Asked: ${officeId} counts it once the confirmation that SNS sent there is opened.`;

const tellMended = (mended: Awaited<ReturnType<typeof mendFilters>>): readonly string[] => {
  if (mended.length === 0) return [];
  const at = mended.map(({ id, count }) => `${id} ${count}`).join(', ');
  return [`Filters were missing and are set now (${at}). SNS goes by them within 15 minutes.`, ''];
};

const nameAnOffice = 'Name an office, or ministry. Ids: npm run consulate -- offices';

const commands: Readonly<Record<string, Command>> = {
  offices: {
    arguments: [0, 0],
    run: async () =>
      done(
        textTable([
          ['OFFICE', 'CITY', 'NAME'],
          ...offices.map(({ id, city, name, required }) => [id, city || '-', required ? name : `${name} (closed)`]),
        ]),
        offices.map(({ id, city, name, required }) => ({ id, city: city === '' ? null : city, name, required })),
      ),
  },
  district: {
    arguments: [1, 2],
    missing: 'Give latitude and longitude in degrees, such as: district 35.22 -101.83',
    run: async ({ args }) => tellDistrict(args),
  },
  list: {
    arguments: [0, 0],
    options: ['show-endpoints'],
    run: async ({ options, aws }) => {
      const there = await aws();
      const rows = await readSubscriptions(there);
      const mended = await mendFilters(there, rows);
      const shown = { showEndpoints: options['show-endpoints'] === true };
      return {
        exitCode: unheard(rows).length === 0 ? 0 : 1,
        text: [...tellMended(mended), asTable(rows, shown)].join('\n'),
        json: asJson(rows, shown),
      };
    },
  },
  subscribe: {
    arguments: [1, 3],
    missing: nameAnOffice,
    run: async ({ args: [id = '', protocol = '', typed = ''], aws }) => {
      const office = findOffice(id);
      const endpoint = checkEndpoint(protocol, typed);
      const { confirmed } = await subscribe(await aws(), office, protocol, endpoint);
      return done(confirmed ? `Subscribed to ${office.id}.` : askToConfirm(office.id, protocol), {
        office: office.id,
        protocol,
        endpoint: mask({ protocol, endpoint }),
        status: confirmed ? 'confirmed' : 'pending',
      });
    },
  },
  confirm: {
    arguments: [0, 1],
    options: ['token'],
    run: async ({ args: [id], options, aws }) => {
      // Of a file that is empty: `--token "$(cat links.txt)"`.
      if (options.token === undefined || options.token.join('').trim() === '') {
        throw new OperatorError("Give the link of SNS's confirmation mail, in quotes: --token 'https://sns.…'");
      }
      return confirmMailboxes(await aws(), options.token, id === undefined ? undefined : findOffice(id));
    },
  },
  unsubscribe: {
    arguments: [1, 2],
    missing: nameAnOffice,
    run: async ({ args: [id = '', endpoint], aws }) => {
      const office = findOffice(id);
      if (endpoint === undefined) {
        throw new OperatorError('Name the endpoint to remove. Endpoints: npm run consulate -- list --show-endpoints');
      }
      const removed = await unsubscribe(await aws(), office, endpoint);
      return done(`Removed from ${office.id}.`, { office: office.id, removed: removed.length });
    },
  },
  'revoke-links': {
    arguments: [1, 1],
    missing: nameAnOffice,
    run: async ({ args: [id = ''], aws }) => {
      const office = findOffice(id);
      return revokeLinks(await aws(), office);
    },
  },
  drill: {
    arguments: [1, Infinity],
    missing: nameAnOffice,
    options: ['with-phones'],
    run: async ({ args, options, aws }) => {
      const wanted = [...new Set(args)].map(findOffice);
      return drillOffices(await aws(), wanted, options['with-phones'] === true);
    },
  },
  drills: { arguments: [0, 0], run: async ({ aws }) => reportDrills(await aws()) },
  test: {
    arguments: [0, Infinity],
    run: async ({ args, aws }) => {
      const wanted =
        args.length === 0 ? offices.filter(({ required }) => required) : [...new Set(args)].map(findOffice);
      return testOffices(await aws(), wanted);
    },
  },
};

const line: CommandLine = { usage, commands };

/** Runs one command line (without `node` and the file's name). @returns the exit code; never rejects. */
export const runConsulate = async (argv: readonly string[], deps: Deps): Promise<number> =>
  runCommandLine(argv, line, deps);
