import { GetAccountSettingsCommand } from '@aws-sdk/client-lambda';
import {
  CheckIfPhoneNumberIsOptedOutCommand,
  GetSMSAttributesCommand,
  GetSMSSandboxAccountStatusCommand,
  ListOriginationNumbersCommand,
  ListSubscriptionsCommand,
} from '@aws-sdk/client-sns';
import { drillEveryDays, readDrills } from './office-drills.ts';
import { unheard } from './subscription-report.ts';
import { readSubscriptions } from './subscriptions.ts';
import { type Aws, smsCountries, smsSpendAlarmUsd } from './target.ts';

/** `unknown`: the operator's credentials may not read it, or AWS shows it nowhere. Then `todo` says how to look. */
export type Finding = {
  readonly id: string;
  readonly status: 'ok' | 'missing' | 'unknown';
  readonly found: string;
  /** Empty if nothing is to be done. */
  readonly todo: string;
};

type Found = Omit<Finding, 'id'>;

type Check = { readonly id: string; readonly look: (aws: Aws) => Promise<Found> };

const ok = (found: string): Found => ({ status: 'ok', found, todo: '' });
const missing = (found: string, todo: string): Found => ({ status: 'missing', found, todo });

const quotas = 'docs/operating.md, "Quotas"';

const isDenied = (fault: unknown): boolean =>
  fault instanceof Error && /AccessDenied|AuthorizationError|NotAuthorized/.test(`${fault.name} ${fault.message}`);

/** Two streams with ten lanes each, the watchman, and as many pages and presses as come meanwhile. */
const fewestExecutions = 100;

const concurrency = async ({ lambda }: Aws): Promise<Found> => {
  const { AccountLimit } = await lambda.send(new GetAccountSettingsCommand({}));
  const executions = AccountLimit?.ConcurrentExecutions ?? 0;
  const found = `${executions} functions may run at once`;
  if (executions >= fewestExecutions) return ok(found);
  return missing(found, 'Ask for 1,000 in Service Quotas, AWS Lambda, "Concurrent executions": a raid needs them.');
};

const sandbox = async ({ sns }: Aws): Promise<Found> => {
  const { IsInSandbox } = await sns.send(new GetSMSSandboxAccountStatusCommand({}));
  if (!IsInSandbox) return ok('SMS go to every phone');
  return missing('SMS go to ten verified phones only', 'Leave the SMS sandbox: SNS console, "Text messaging (SMS)".');
};

const spendLimit = async ({ sns }: Aws): Promise<Found> => {
  const { attributes } = await sns.send(new GetSMSAttributesCommand({ attributes: ['MonthlySpendLimit'] }));
  // Nothing is said of a limit that nobody has set: AWS's is 1.
  const limit = Number(attributes?.['MonthlySpendLimit'] ?? 1);
  const found = `SMS for at most ${limit} USD a month; the alarm rings at ${smsSpendAlarmUsd}`;
  if (limit <= 1) return missing(found, `Raise it: some 50 SMS use it up, and then nobody gets any (${quotas}).`);
  if (smsSpendAlarmUsd >= limit) return missing(found, 'Set smsSpendAlarmUsd in cdk.json to four fifths of the limit.');
  return ok(found);
};

const numbers = async ({ sns }: Aws): Promise<Found> => {
  const { PhoneNumbers = [] } = await sns.send(new ListOriginationNumbersCommand({}));
  const active = PhoneNumbers.filter(({ Status }) => Status?.toUpperCase() === 'ACTIVE');
  const found = active.length === 0 ? 'no number' : `${active.length} of ${PhoneNumbers.length} numbers are active`;
  if (!smsCountries.includes('US') || active.some(({ Iso2CountryCode }) => Iso2CountryCode === 'US')) return ok(found);
  return missing(
    found,
    'Register a US number (toll-free or 10DLC): carriers there drop SMS from accounts without one.',
  );
};

/** AWS's quota is 5,000: https://docs.aws.amazon.com/general/latest/gr/sns.html */
const manyPending = 4000;
/** Pages of 100; an account with more subscriptions is asked about in CloudWatch. */
const mostPages = 200;

const pending = async ({ sns }: Aws): Promise<Found> => {
  let waiting = 0;
  let nextToken: string | undefined;
  for (let page = 0; page < mostPages; page += 1) {
    const { Subscriptions = [], NextToken } = await sns.send(new ListSubscriptionsCommand({ NextToken: nextToken }));
    waiting += Subscriptions.filter(({ SubscriptionArn }) => SubscriptionArn === 'PendingConfirmation').length;
    nextToken = NextToken;
    if (nextToken === undefined) break;
  }
  const found = `${waiting}${nextToken === undefined ? '' : ' or more'} mailboxes have not confirmed; AWS allows 5,000`;
  if (waiting < manyPending) return ok(found);
  return missing(found, `New mail contacts will be refused soon: ask for more (${quotas}).`);
};

const officeSubscribers = async (aws: Aws): Promise<Found> => {
  const nobody = unheard(await readSubscriptions(aws)).map(({ office }) => office.id);
  if (nobody.length === 0) return ok('every open office and the ministry have somebody confirmed');
  return missing(`nobody would hear at ${nobody.join(', ')}`, 'npm run consulate -- subscribe, then confirm and test.');
};

const drills = async (aws: Aws): Promise<Found> => {
  const lacking = (await readDrills(aws)).filter((row) => row.lacking).map(({ id }) => id);
  if (lacking.length === 0)
    return ok(`every open office and the ministry took a drill in the last ${drillEveryDays} days`);
  const found = `no drill was taken in the last ${drillEveryDays} days at ${lacking.join(', ')}`;
  return missing(found, 'npm run consulate -- drill, then drills: docs/runbook.md, "office-took-no-drill".');
};

/** Nobody's: 555-0100 is kept for stories. */
const fictitiousPhone = '+12025550100';

const optOuts = async ({ sns }: Aws): Promise<Found> => {
  try {
    await sns.send(new CheckIfPhoneNumberIsOptedOutCommand({ phoneNumber: fictitiousPhone }));
    return ok('SNS says whether a phone answered STOP');
  } catch (fault) {
    if (!isDenied(fault)) throw fault;
    // The list's policy, or what the asking role may: SNS says the same of both.
    return {
      status: 'unknown',
      found: 'SNS would not tell you whether a phone answered STOP',
      todo: 'If you may sms-voice:DescribeOptedOutNumbers, the list lacks its policy: docs/operating.md, "Who answered STOP".',
    };
  }
};

const checks: readonly Check[] = [
  { id: 'lambda-concurrency', look: concurrency },
  { id: 'sms-sandbox', look: sandbox },
  { id: 'sms-spend-limit', look: spendLimit },
  { id: 'sms-numbers', look: numbers },
  { id: 'sms-opt-outs', look: optOuts },
  { id: 'pending-subscriptions', look: pending },
  { id: 'office-subscribers', look: officeSubscribers },
  { id: 'office-drills', look: drills },
];

/** What the account still lacks before people may rely on it. One call that is denied hides no other finding. */
export const examine = async (aws: Aws): Promise<readonly Finding[]> => {
  const findings: Finding[] = [];
  for (const { id, look } of checks) {
    try {
      findings.push({ id, ...(await look(aws)) });
    } catch (fault) {
      if (!isDenied(fault)) throw fault;
      const found = 'your AWS identity may not read this';
      findings.push({ id, status: 'unknown', found, todo: 'Ask somebody who may, or see docs/operating.md.' });
    }
  }
  return findings;
};
