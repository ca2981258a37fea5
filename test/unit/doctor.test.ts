import { beforeEach, describe, expect, it } from 'vitest';
import { type AwsService, AwsError } from '../../infra/local-aws/aws-service.ts';
import { createCloudFormation } from '../../infra/local-aws/template/cloudformation.ts';
import { createFunctions } from '../../infra/local-aws/functions/functions.ts';
import { createLambdaService } from '../../infra/local-aws/functions/lambda-service.ts';
import { createSns } from '../../infra/local-aws/sns/sns.ts';
import { runDoctor } from '../../infra/operator/doctor-cli.ts';
import type { Finding } from '../../infra/operator/examine-account.ts';
import { offices } from '../../infra/operator/offices.ts';
import { drillFamilyId } from '../../shared/names.ts';
import { createQueryTable } from '../support/query-table.ts';
import { clientOf } from '../support/sdk-client.ts';

type Answers = Readonly<Record<string, () => Record<string, unknown>>>;

/** The service, but for the operations that answer otherwise. */
const except = (service: AwsService, answers: Answers): AwsService => ({
  ...service,
  call: async (operation, input) => answers[operation]?.() ?? service.call(operation, input),
});

const faultOf = ({ code, message }: AwsError): Error => Object.assign(new Error(message), { name: code });

const newSns = async (subscribed = offices): Promise<AwsService> => {
  const sns = createSns({
    now: () => new Date('2026-11-29T12:00:00Z'),
    region: 'us-east-1',
    account: '111122223333',
    confirm: 'auto',
    deliverToQueue: () => {},
  });
  for (const { topic } of offices) await sns.call('CreateTopic', { Name: topic });
  for (const { topic } of subscribed)
    await sns.subscribe({ topic, protocol: 'email', endpoint: 'guardia@example.org' });
  return sns;
};

const now = new Date('2026-11-29T12:00:00Z');

/** The table, in which these offices took a drill so many days ago. */
const tableWithDrills = (taken: readonly { readonly id: string }[], daysAgo: number) => {
  const table = createQueryTable();
  const at = new Date(now.getTime() - daysAgo * 86_400_000).toISOString();
  for (const { id } of taken) {
    const raisedTo = id === 'ministry' ? undefined : { id };
    const alert = { state: 'closed', drill: true, raisedAt: at, acknowledgedAt: at, consularNotification: true };
    const key = { pk: `FAMILY#${drillFamilyId}`, sk: `ALERT#${id}` };
    table.put({ ...key, itemType: 'alert', ...alert, consulate: { id }, raisedTo, deliveries: {} });
  }
  return table;
};

let sns: AwsService;
let drilled: ReturnType<typeof createQueryTable>;
beforeEach(async () => {
  sns = await newSns();
  drilled = tableWithDrills(offices, 10);
});

const examined = async (answers: Answers = {}) => {
  const out: string[] = [];
  const err: string[] = [];
  const lambda = except(createLambdaService(createFunctions()), answers);
  const exitCode = await runDoctor(['--json'], {
    connect: async () => ({
      sns: clientOf(except(sns, answers), faultOf).client,
      lambda: clientOf(lambda, faultOf).client,
      dynamoDb: clientOf(drilled.service).client,
      cloudFormation: clientOf(
        createCloudFormation({
          stackName: 'AlertButton',
          stackId: 'arn:aws:cloudformation:us-east-1:111122223333:stack/AlertButton/1',
          outputs: () => new Map(Object.entries({ TableName: 'table', DrillFunction: 'd', EscalationMinutes: '5,10' })),
          createdAt: now,
        }),
      ).client,
      place: 'here',
      now,
      wait: async () => undefined,
    }),
    out: (text) => out.push(text),
    err: (text) => err.push(text),
  });
  const findings: readonly Finding[] = out.length === 0 ? [] : JSON.parse(out[0]!);
  const missing = findings.filter(({ status }) => status === 'missing').map(({ id }) => id);
  return { exitCode, findings, missing, err };
};

describe('npm run doctor', () => {
  it('finds nothing missing in an account that is ready', async () => {
    const { exitCode, findings } = await examined();
    expect(exitCode).toBe(0);
    expect(new Set(findings.map(({ status }) => status))).toEqual(new Set(['ok']));
  });

  it('cannot know whose permission is missing where SNS would not say who answered STOP', async () => {
    const refused = new AwsError('AuthorizationError', 'not authorized to perform: sms-voice:DescribeOptedOutNumbers');
    const { exitCode, findings } = await examined({
      CheckIfPhoneNumberIsOptedOut: () => {
        throw refused;
      },
    });
    expect(exitCode).toBe(0);
    expect(findings.filter(({ status }) => status !== 'ok')).toEqual([
      {
        id: 'sms-opt-outs',
        status: 'unknown',
        found: expect.any(String),
        todo: expect.stringContaining('Who answered STOP'),
      },
    ]);
  });

  it.each<[string, Answers]>([
    ['lambda-concurrency', { GetAccountSettings: () => ({ AccountLimit: { ConcurrentExecutions: 10 } }) }],
    ['sms-sandbox', { GetSMSSandboxAccountStatus: () => ({ IsInSandbox: true }) }],
    ['sms-spend-limit', { GetSMSAttributes: () => ({}) }],
    ['sms-spend-limit', { GetSMSAttributes: () => ({ attributes: { MonthlySpendLimit: '1' } }) }],
    ['sms-numbers', { ListOriginationNumbers: () => ({ PhoneNumbers: [] }) }],
    [
      'pending-subscriptions',
      {
        ListSubscriptions: () => ({
          Subscriptions: Array.from({ length: 4000 }, () => ({ SubscriptionArn: 'PendingConfirmation' })),
        }),
      },
    ],
  ])('names %s, says what to do, and exits 1', async (id, answers) => {
    const { exitCode, missing, findings } = await examined(answers);
    expect({ exitCode, missing }).toEqual({ exitCode: 1, missing: [id] });
    expect(findings.find((finding) => finding.id === id)?.todo).not.toBe('');
  });

  it('names the offices where nobody would hear', async () => {
    sns = await newSns(offices.filter(({ id }) => id !== 'dallas'));
    const { exitCode, findings } = await examined();
    expect(exitCode).toBe(1);
    expect(findings.find(({ id }) => id === 'office-subscribers')).toMatchObject({
      status: 'missing',
      found: 'nobody would hear at dallas',
    });
  });

  it('names the offices that took no drill in 45 days', async () => {
    drilled = tableWithDrills(
      offices.filter(({ id }) => id !== 'dallas' && id !== 'ministry'),
      44,
    );
    const { exitCode, missing, findings } = await examined();
    expect({ exitCode, missing }).toEqual({ exitCode: 1, missing: ['office-drills'] });
    const found = 'no drill was taken in the last 45 days at ministry, dallas';
    expect(findings.find(({ id }) => id === 'office-drills')).toMatchObject({ found });
    drilled = tableWithDrills(offices, 46);
    expect((await examined()).missing).toEqual(['office-drills']);
  });

  it('hides no other finding behind one call that is denied, and gives up where AWS cannot be reached', async () => {
    const denied = (): never => {
      throw new AwsError('AccessDeniedException', 'not authorized');
    };
    const unread = { GetAccountSettings: denied, GetSMSSandboxAccountStatus: () => ({ IsInSandbox: true }) };
    const { exitCode, missing, findings } = await examined(unread);
    expect({ exitCode, missing }).toEqual({ exitCode: 1, missing: ['sms-sandbox'] });
    expect(findings[0]).toMatchObject({ id: 'lambda-concurrency', status: 'unknown' });

    const gone = (): never => {
      throw new AwsError('ExpiredTokenException', 'expired');
    };
    const refused = await examined({ GetAccountSettings: gone });
    expect(refused).toMatchObject({ exitCode: 2, err: ['AWS does not accept your credentials: log in again.'] });
  });
});
