import { describe, expect, it } from 'vitest';
import { runConsulate } from '../../infra/operator/consulate-cli.ts';
import { offices, similarIds } from '../../infra/operator/offices.ts';
import { openConsulates } from '../../shared/data/consulates.ts';
import { operator } from '../support/operator-commands.ts';

const count = openConsulates.length + 1;

const ministryOf = (sns: Awaited<ReturnType<typeof operator>>['sns']) =>
  sns.topics().find(({ topic }) => topic === 'alert-button-ministry')?.subscriptions;
const rowOf = (table: string, id: string) => table.split('\n').find((line) => line.startsWith(`${id} `)) ?? '';

describe('npm run consulate -- list', () => {
  it('ends with 1 and names who hears nothing, while an office has nobody', async () => {
    const { run, sns } = await operator();
    await sns.subscribe({ topic: 'alert-button-consulate-boise', protocol: 'email', endpoint: 'guardia@example.org' });
    await sns.subscribe({ topic: 'alert-button-consulate-boise', protocol: 'sms', endpoint: '+12085550199' });
    const { code, out } = await run('list');
    expect(code).toBe(1);
    expect(rowOf(out, 'boise')).toMatch(/Boise +email 1, sms 1 +- +g…@example\.org \+1…0199$/);
    expect(rowOf(out, 'yuma')).toMatch(/NOBODY +- +-$/);
    expect(out).toMatch(new RegExp(`Nobody is confirmed at ${count - 1} of ${count}: ministry, albuquerque, `));
    expect(out).not.toContain('guardia@');
    expect(out).not.toContain('+12085550199');
  });

  it('ends with 0 once every office and the ministry have somebody', async () => {
    const { run, everybody } = await operator();
    await everybody();
    const { code, out } = await run('list');
    expect(code).toBe(0);
    expect(out.trimEnd().split('\n').at(-1)).toBe('Every open office and the ministry have somebody confirmed.');
  });

  it('does not count subscriptions that nobody confirmed', async () => {
    const { run, everybody } = await operator({ confirm: 'manual' });
    await everybody();
    const { code, out } = await run('list');
    expect(code).toBe(1);
    expect(rowOf(out, 'yuma')).toMatch(/NOBODY +email 1 +g…@example\.org$/);
  });

  it('shows endpoints in full only when asked', async () => {
    const { run, everybody } = await operator();
    await everybody();
    expect((await run('list', '--show-endpoints')).out).toContain('guardia@example.org');
    expect((await run('list', '--json')).out).not.toContain('guardia@');
  });

  it('prints JSON for programs', async () => {
    const { run, sns } = await operator({ confirm: 'manual' });
    await sns.subscribe({
      topic: 'alert-button-ministry',
      protocol: 'https',
      endpoint: 'https://sre.example.org/in?key=1',
    });
    const { code, out } = await run('list', '--json');
    expect(code).toBe(1);
    const rows: unknown = JSON.parse(out);
    expect(rows).toHaveLength(count);
    expect(rows).toContainEqual({
      id: 'ministry',
      name: 'Secretaría de Relaciones Exteriores / CIAM',
      required: true,
      topic: 'alert-button-ministry',
      subscriptions: [{ protocol: 'https', endpoint: 'https://sre.example.org/…', status: 'pending' }],
    });
  });

  it('sets the filters that are missing, keeps those that are there, and says so once', async () => {
    const { run, sns } = await operator();
    const by = async (protocol: string, endpoint: string, filterPolicy?: string) =>
      sns.subscribe({
        topic: 'alert-button-ministry',
        protocol,
        endpoint,
        ...(filterPolicy !== undefined && { filterPolicy }),
      });
    await by('email', 'guardia@example.org');
    await by('sms', '+12135550123');
    await by('sqs', 'arn:aws:sqs:us-east-1:000000000000:alertas', '{"drill":["false"]}');
    await by('https', 'https://sre.example.org/in', '{"mail":["each"]}');
    const { out } = await run('list');
    expect(out.split('\n')[0]).toBe(
      'Filters were missing and are set now (ministry 3). SNS goes by them within 15 minutes.',
    );
    expect(ministryOf(sns)?.map(({ protocol, filterPolicy }) => [protocol, JSON.parse(filterPolicy ?? '{}')])).toEqual([
      ['email', { mail: [{ 'anything-but': ['none'] }] }],
      ['sms', { drill: ['false'], mail: [{ 'anything-but': ['none'] }] }],
      ['sqs', { drill: ['false'], mail: [{ 'anything-but': ['digest'] }] }],
      ['https', { mail: ['each'] }],
    ]);
    expect((await run('list')).out).not.toContain('Filters');
  });

  it('says which office lost its topic', async () => {
    const { run } = await operator({ topics: offices.slice(1).map((office) => office.topic) });
    expect(rowOf((await run('list')).out, 'ministry')).toContain('NO TOPIC');
  });

  it('finds our topics among many others, and stops listing at the first', async () => {
    const families = Array.from({ length: 150 }, (_, index) => `alert-button-family-${index}`);
    const { run, sent } = await operator({ topics: [...families, ...offices.map((office) => office.topic)] });
    expect((await run('list')).code).toBe(1);
    expect(sent.filter(({ operation }) => operation === 'ListTopics')).toHaveLength(2);
  });

  it('ends with 2 where the stack is not deployed', async () => {
    const { run } = await operator({ topics: ['somebody-elses-topic'] });
    expect(await run('list')).toEqual({
      code: 2,
      out: '',
      err: 'There are no consulate topics in this account in us-east-1. Deploy the stack there, or give its --region.',
    });
  });
});

describe('npm run consulate -- subscribe', () => {
  it('asks a mailbox to confirm', async () => {
    const { run, sns } = await operator({ confirm: 'manual' });
    const { code, out } = await run('subscribe', 'boise', 'email', 'guardia@example.org');
    expect(code).toBe(0);
    expect(out).toMatch(/^Asked: boise counts it once it is confirmed\.[^]*confirm --token/);
    expect(sns.topics().find(({ topic }) => topic === 'alert-button-consulate-boise')?.subscriptions).toMatchObject([
      { protocol: 'email', endpoint: 'guardia@example.org', status: 'pending' },
    ]);
  });

  it.each([
    ['email', 'guardia@example.org', 'none', {}],
    ['email-json', 'guardia@example.org', 'none', {}],
    ['https', 'https://sre.example.org/in', 'digest', {}],
    ['sqs', 'arn:aws:sqs:us-east-1:000000000000:alertas', 'digest', {}],
    ['sms', '+12135550123', 'none', { drill: ['false'] }],
  ])('keeps from %s what is not meant for it', async (protocol, endpoint, unwanted, more) => {
    const { run, sns } = await operator();
    const { code } = await run('subscribe', 'ministry', protocol, endpoint);
    const filterPolicy = JSON.stringify({ ...more, mail: [{ 'anything-but': [unwanted] }] });
    expect([code, ministryOf(sns)]).toMatchObject([0, [{ protocol, endpoint, filterPolicy }]]);
  });

  it('takes one that is there already with another filter, and sets the filter', async () => {
    const { run, sns } = await operator();
    await sns.subscribe({ topic: 'alert-button-ministry', protocol: 'email', endpoint: 'guardia@example.org' });
    expect(await run('subscribe', 'ministry', 'email', 'guardia@example.org')).toMatchObject({ code: 0 });
    expect(ministryOf(sns)).toMatchObject([{ filterPolicy: '{"mail":[{"anything-but":["none"]}]}' }]);
  });

  it('writes a duty phone as SNS texts it, however it was typed', async () => {
    const { run, sns } = await operator();
    expect((await run('subscribe', 'ministry', 'sms', '+52 1 (55) 1234-5678')).code).toBe(0);
    expect(ministryOf(sns)).toMatchObject([{ protocol: 'sms', endpoint: '+525512345678' }]);
  });

  it('has SNS try a web hook for an hour, as one of the settings is', async () => {
    const { run, sent } = await operator();
    await run('subscribe', 'boise', 'https', 'https://alertas.example.org/hook');
    const { Attributes } = sent.at(-1)!.input as { Attributes: { DeliveryPolicy: string } };
    expect(JSON.parse(Attributes.DeliveryPolicy)).toMatchObject({ healthyRetryPolicy: { numRetries: 62 } });
  });

  it.each([
    ['https', 'https://sre.example.org/in'],
    ['sqs', 'arn:aws:sqs:us-east-1:000000000000:alertas'],
  ])('has SNS put aside what %s does not take, also of a subscription of before', async (protocol, endpoint) => {
    const { run, sns, sent } = await operator();
    await sns.subscribe({ topic: 'alert-button-ministry', protocol, endpoint });
    for (const office of ['boise', 'ministry']) await run('subscribe', office, protocol, endpoint);
    const putAside = { deadLetterTargetArn: expect.stringMatching(/^arn:aws:sqs:.*:alert-button-undelivered$/) };
    const values = sent.flatMap(({ input }) => {
      const { Attributes, AttributeName, AttributeValue } = input as Record<string, string> & {
        Attributes?: Record<string, string>;
      };
      return Attributes?.['RedrivePolicy'] ?? (AttributeName === 'RedrivePolicy' ? AttributeValue : []);
    });
    expect(values.map((value) => JSON.parse(value ?? ''))).toEqual([putAside, putAside, putAside]);
  });

  it.each([
    [['subscribe', 'new-york', 'email', 'a@example.org'], /no office "new-york"\. Did you mean nueva-york/],
    [['subscribe', 'Los Angles', 'email', 'a@example.org'], /Did you mean los-angeles/],
    [['subscribe', 'atlantis-under-the-sea', 'email', 'a@example.org'], /Ids: npm run consulate -- offices/],
    [['subscribe'], /Name an office, or ministry/],
    [['subscribe', 'boise', 'fax', '+12135550123'], /protocol must be one of email, /],
    [['subscribe', 'boise', 'sms', '213 555 0123'], /A phone must begin with the country code/],
    [['subscribe', 'boise', 'email'], /For email give a mailbox/],
    [['subscribe', 'boise', 'https', 'http://sre.example.org'], /begins with https/],
    [['unsubscribe', 'boise'], /Name the endpoint/],
    [['delete', 'boise'], /There is no command "delete"/],
    [[], /Say what to do\.[^]*npm run consulate -- list/],
    [['confirm'], /Give the link of SNS's confirmation mail/],
    [['confirm', '--token', 'nonsense'], /takes the link of SNS's confirmation mail, in quotes/],
    [['confirm', '--token', 'https://sns.us-east-1.amazonaws.com/confirmation.html?TopicArn=a'], /what follows Token=/],
    [['confirm', 'boisee', '--token', 'a'.repeat(64)], /Did you mean boise/],
    [['test', 'boise', 'boisee'], /There is no office "boisee"/],
    [['subscribe', 'boise', 'email', 'a@example.org', 'yuma'], /subscribe does not take "yuma"/],
    [['list', '--token', 'a'], /--token is not an option of list/],
    [['list', '--local', '--region', 'us-east-1'], /--region is for AWS/],
    [['list', '--url', 'localhost:3000'], /"localhost:3000" is not the address of a local stack/],
    [['list', '--everything'], /Unknown option '--everything'[^]*Exit codes/],
  ])('answers 2 and what to do instead to %j', async (argv, message) => {
    const { run, sent } = await operator();
    const { code, err } = await run(...argv);
    expect(code).toBe(2);
    expect(err).toMatch(message);
    expect(sent).toEqual([]);
  });
});

describe('whoever subscribes', () => {
  it('is the stack’s function: the topics let nobody else', async () => {
    const { run, actions, sns } = await operator();
    expect((await run('subscribe', 'boise', 'sms', '+12135550123')).code).toBe(0);
    expect(actions()).toContain('lambda:Invoke');
    expect(sns.topics().find(({ topic }) => topic.endsWith('boise'))?.subscriptions).toMatchObject([
      { protocol: 'sms', endpoint: '+12135550123', status: 'confirmed' },
    ]);
  });

  it('is the operator at a stack of before, which denies nobody', async () => {
    const { run, actions } = await operator({ outputs: { SubscribeFunction: '' } });
    for (const office of ['boise', 'ministry']) {
      expect((await run('subscribe', office, 'sms', '+12135550123')).code).toBe(0);
    }
    expect(actions()).not.toContain('lambda:Invoke');
  });

  it('says where to read on if the function fails, and what SNS refuses', async () => {
    const broken = await operator({ outputs: { SubscribeFunction: 'breaks' } });
    expect(await broken.run('subscribe', 'boise', 'sms', '+12135550123')).toMatchObject({
      code: 2,
      err: expect.stringContaining('docs/runbook.md#subscribe-office'),
    });
    const without = await operator({ topics: ['alert-button-ministry'] });
    expect(await without.run('subscribe', 'boise', 'sms', '+12135550123')).toMatchObject({
      code: 2,
      err: 'boise has no topic (alert-button-consulate-boise): deploy the stack again to create it.',
    });
  });
});

describe('npm run consulate -- unsubscribe', () => {
  it('removes the endpoint from that office only', async () => {
    const { run, everybody } = await operator();
    await everybody();
    expect(await run('unsubscribe', 'boise', 'guardia@example.org')).toMatchObject({
      code: 0,
      out: 'Removed from boise.',
    });
    const { code, out } = await run('list');
    expect(code).toBe(1);
    expect(out).toContain(`Nobody is confirmed at 1 of ${count}: boise`);
  });

  it('explains why it cannot remove what was never confirmed or is not there', async () => {
    const { run, everybody } = await operator({ confirm: 'manual' });
    await everybody();
    expect(await run('unsubscribe', 'boise', 'guardia@example.org')).toMatchObject({
      code: 2,
      err: expect.stringMatching(/deletes it itself after 48 hours/),
    });
    expect(await run('unsubscribe', 'boise', 'other@example.org')).toMatchObject({
      code: 2,
      err: expect.stringMatching(/not subscribed to boise/),
    });
  });
});

it('every command has a shape for programs', async () => {
  const { run } = await operator({ confirm: 'manual' });
  const json = async (...argv: string[]) => JSON.parse((await run(...argv, '--json')).out);
  expect(await json('subscribe', 'boise', 'email', 'guardia@example.org')).toEqual({
    office: 'boise',
    protocol: 'email',
    endpoint: 'g…@example.org',
    status: 'pending',
  });
  expect(await json('subscribe', 'boise', 'sms', '+12135550123')).toEqual({
    office: 'boise',
    protocol: 'sms',
    endpoint: '+1…0123',
    status: 'confirmed',
  });
  expect(await json('unsubscribe', 'boise', '+12135550123')).toEqual({ office: 'boise', removed: 1 });
});

describe('npm run consulate', () => {
  it('works against AWS, or with --local against this machine', async () => {
    const { run, targets } = await operator();
    await run('list');
    await run('list', '--region', 'us-west-2');
    await run('--local', 'list');
    await run('list', '--local', '--json');
    await run('list', '--local', 'http://127.0.0.1:4000');
    await run('list', '--url', 'http://localhost:4000/');
    await run('--local', 'list', '--url', 'http://127.0.0.1:4000');
    expect(targets).toEqual([
      { region: undefined },
      { region: 'us-west-2' },
      { localUrl: 'http://127.0.0.1:3000' },
      { localUrl: 'http://127.0.0.1:3000' },
      { localUrl: 'http://127.0.0.1:4000' },
      { localUrl: 'http://localhost:4000' },
      { localUrl: 'http://127.0.0.1:4000' },
    ]);
  });

  it('knows its offices without asking AWS', async () => {
    const { run, targets } = await operator();
    const { code, out } = await run('offices');
    expect(code).toBe(0);
    expect(out).toMatch(/^nueva-york +New York +Consulado General/m);
    expect(JSON.parse((await run('offices', '--json')).out)).toHaveLength(count);
    expect(targets).toEqual([]);
  });

  it('prints its usage', async () => {
    const { run } = await operator();
    expect(await run('--help')).toMatchObject({ code: 0, out: expect.stringContaining('Exit codes: 0 done') });
  });

  it.each([
    [{ name: 'CredentialsProviderError' }, /You are not logged in to AWS/],
    [{ name: 'ExpiredTokenException' }, /log in again/],
    [{ name: 'AuthorizationErrorException' }, /may not do this; docs\/operating\.md/],
    [{ name: 'Error', code: 'ECONNREFUSED' }, /start the local stack first: npm start/],
    [
      { name: 'InvalidParameterException', message: 'Subscription already exists with different attributes' },
      /phones: no drills/,
    ],
    [{ name: 'ThrottlingException', message: 'Rate exceeded' }, /throttling/],
    [{ name: 'TimeoutError' }, /No answer in time/],
    [{ name: 'InvalidParameterException', message: 'Invalid parameter' }, /AWS refused: Invalid parameter/],
  ])('explains the fault %j', async (fault, message) => {
    const errors: string[] = [];
    const code = await runConsulate(['list'], {
      connect: async () => {
        throw Object.assign(new Error('no'), fault);
      },
      out: () => {},
      err: (text) => errors.push(text),
    });
    expect(code).toBe(2);
    expect(errors.join('\n')).toMatch(message);
  });

  it.each([
    [undefined, 'http://127.0.0.1:3000'],
    ['4210', 'http://127.0.0.1:4210'],
  ])('looks for the local stack at the port of npm start: %s', async (localPort, localUrl) => {
    const targets: unknown[] = [];
    const connect = async (target: unknown) => {
      targets.push(target);
      throw new Error('far enough');
    };
    await runConsulate(['list', '--local'], { connect, out: () => {}, err: () => {}, localPort });
    expect(targets).toEqual([{ localUrl }]);
  });

  it('knows an office by the English name of its city', () => {
    expect(similarIds('philadelphia')).toEqual(['filadelfia']);
    expect(similarIds('NEW ORLEANS')).toEqual(['nueva-orleans']);
  });
});
