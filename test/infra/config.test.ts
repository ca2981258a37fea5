import { describe, expect, it } from 'vitest';
import { readConfig } from '../../infra/config.ts';
import cdkJson from '../../cdk.json' with { type: 'json' };

const officeIds = ['dallas', 'el-paso', 'houston'];
const read = (settings: unknown) => readConfig(settings, officeIds);

const wrong: [string, unknown, string][] = [
  [
    'an unknown setting',
    { operatorMail: 'a@b.org' },
    'operatorMail: there is no such setting; did you mean "operatorEmail"?',
  ],
  [
    'an unknown setting inside',
    { ministry: { mail: 'a@b.org' } },
    'ministry.mail: there is no such setting; did you mean "email"?',
  ],
  [
    'an unknown state of a case',
    { attentionMinutes: { acknowledge: 90 } },
    'attentionMinutes.acknowledge: there is no such setting; did you mean "acknowledged"?',
  ],
  [
    'a region without Amazon Location',
    { region: 'mx-central-1' },
    'region "mx-central-1": must be a region with Amazon Location: us-east-1, ',
  ],
  [
    'an address without TLS',
    { publicUrl: 'http://x.org' },
    'publicUrl "http://x.org": is not an https address without a path; write for example',
  ],
  [
    'an address with a path',
    { publicUrl: 'https://x.org/alerts' },
    'publicUrl "https://x.org/alerts": is not an https address without a path',
  ],
  ['a short registration code', { registrationCode: 'abc' }, 'registrationCode: must be a text of 8 to 200 characters'],
  [
    'a registration code that nobody can type',
    { registrationCode: 'nopal-4821 ' },
    'It neither begins nor ends with a space',
  ],
  [
    'an edge in another region',
    { edge: true, region: 'us-west-2' },
    'edge true: works in us-east-1 alone, and region is us-west-2: AWS makes web ACLs for CloudFront nowhere else',
  ],
  [
    'an edge under a name without its certificate',
    { edge: true, publicUrl: 'https://x.org' },
    'edgeCertificateArn: is missing: with edge and publicUrl CloudFront needs the certificate of that name',
  ],
  [
    'an edge with a certificate for no name',
    { edge: true, edgeCertificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/0f3a' },
    'publicUrl: is missing: it is the name of which edgeCertificateArn is the certificate',
  ],
  [
    'a certificate where CloudFront does not look',
    { edgeCertificateArn: 'arn:aws:acm:us-west-2:123456789012:certificate/0f3a' },
    'edgeCertificateArn "arn:aws:acm:us-west-2:123456789012:certificate/0f3a": must be the ARN of a certificate in us-east-1',
  ],
  ['no email', { operatorEmail: 'ops' }, 'operatorEmail "ops": is not an email address; write for example'],
  ['a desk without a phone', { desk: { name: 'Red de Apoyo' } }, 'desk.phone'],
  [
    'a desk with a bare phone',
    { desk: { name: 'Red de Apoyo', phone: '5205551234' } },
    'desk.phone "5205551234": must begin with the country code, such as +1 or +52; write for example',
  ],
  ['a desk without a name', { desk: { name: ' ', phone: '+15205551234' } }, 'desk.name'],
  [
    'a shared contact that is neither',
    { sharedContacts: ['lupe'] },
    'sharedContacts.0 "lupe": must begin with the country code',
  ],
  ['a shared mailbox that is none', { sharedContacts: ['a@b'] }, 'sharedContacts.0 "a@b": is not an email address'],
  [
    'too many shared contacts',
    { sharedContacts: Array.from({ length: 21 }, (_, index) => `desk${index}@example.org`) },
    'sharedContacts: must name at most 20 phones and mailboxes',
  ],
  ['no email of the ministry', { ministry: { email: 7 } }, 'ministry.email 7: is not an email address'],
  ['one escalation', { escalationMinutes: [5] }, 'escalationMinutes: must be two numbers of minutes'],
  [
    'no attention at all',
    { attentionMinutes: { locating: 0 } },
    'attentionMinutes.locating 0: must be minutes: a whole number from 1 to 525600',
  ],
  [
    'half a minute',
    { escalationMinutes: [0.5, 10] },
    'escalationMinutes.0 0.5: must be minutes: a whole number from 1 to 1440',
  ],
  ['no retention', { retentionDays: 0 }, 'retentionDays 0: must be days: a whole number from 1 to 3650'],
  [
    'a country code without plus',
    { smsCountries: ['+52'] },
    'smsCountries.0 "+52": is not the ISO 3166 code of a country; write for example "MX"',
  ],
  ['no country', { smsCountries: [] }, 'smsCountries: must name at least one country'],
  [
    'a bare phone',
    { smsOriginationNumber: '5205551234' },
    'smsOriginationNumber "5205551234": must begin with the country code, such as +1 or +52; write for example',
  ],
  [
    'a number that cannot send to all countries',
    { smsOriginationNumber: '+15205551234' },
    'smsOriginationNumber "+15205551234": sends only within its country: relatives in MX would get no SMS',
  ],
  ['a spend as a text', { smsSpendAlarmUsd: '80' }, 'smsSpendAlarmUsd "80": must be US dollars a month'],
  ['no spend', { smsSpendAlarmUsd: 0 }, 'smsSpendAlarmUsd 0: must be US dollars a month, from 0.01 to 1000000'],
  [
    'an unknown office',
    { consulateSubscribers: { dalas: [] } },
    'consulateSubscribers.dalas: is not the id of an office; did you mean "dallas", "el-paso", "houston"?',
  ],
  [
    'an unknown protocol',
    { consulateSubscribers: { dallas: [{ protocol: 'fax', endpoint: '1' }] } },
    'consulateSubscribers.dallas.0.protocol "fax": must be "email", "https", "sms" or "sqs"',
  ],
  [
    'an endpoint of another protocol',
    { consulateSubscribers: { ministry: [{ protocol: 'sms', endpoint: 'duty@sre.example' }] } },
    'consulateSubscribers.ministry.0.endpoint "duty@sre.example": must begin with the country code',
  ],
  [
    'a queue by URL',
    { consulateSubscribers: { dallas: [{ protocol: 'sqs', endpoint: 'https://sqs.example/1' }] } },
    'is not the ARN of a standard queue; write for example',
  ],
  [
    'a FIFO queue, to which SNS does not deliver from our topics',
    { consulateSubscribers: { dallas: [{ protocol: 'sqs', endpoint: 'arn:aws:sqs:us-east-1:123456789012:a.fifo' }] } },
    'is not the ARN of a standard queue; write for example',
  ],
  [
    'an address where a subscriber belongs',
    { consulateSubscribers: { dallas: ['duty@example.org'] } },
    'consulateSubscribers.dallas.0 "duty@example.org": must be a subscriber, for example {"protocol": "email", ',
  ],
  [
    'a subscriber twice',
    {
      consulateSubscribers: {
        dallas: [
          { protocol: 'email', endpoint: 'a@b.org' },
          { protocol: 'email', endpoint: 'a@b.org' },
        ],
      },
    },
    'consulateSubscribers.dallas: names the same subscriber twice; keep one',
  ],
  [
    'an account as a number',
    { subscriberAccounts: [123456789012] },
    'subscriberAccounts.0 123456789012: must be a text of 12 digits, in quotes',
  ],
  [
    'a role without its ARN',
    { deployRoles: ['Deployer'] },
    'deployRoles.0 "Deployer": is not the ARN of a role; write for example "arn:aws:iam::123456789012:role/Deployer"',
  ],
  ['a short account', { subscriberAccounts: ['1234'] }, 'subscriberAccounts.0 "1234": is not an AWS account id'],
  [
    'a negative canary',
    { canaryMinutes: -1 },
    'canaryMinutes -1: must be minutes between two presses of the canary, 0 for none',
  ],
  ['no concurrency', { reservedConcurrency: 0 }, 'reservedConcurrency 0: must be executions kept for the press'],
  [
    'a text for a switch',
    { deletionProtection: 'false' },
    'deletionProtection "false": must be true or false, without quotes',
  ],
  ['a list', [], 'alertButton must be an object of settings'],
  ['nothing, on the command line', 'null', 'alertButton must be an object of settings'],
  ['broken JSON', '{operatorEmail', 'alertButton is not JSON; write for example: -c'],
];

describe('settings', () => {
  it('write phones as SNS texts them, of the countries that they name', () => {
    const sms = (endpoint: string) => ({ consulateSubscribers: { dallas: [{ protocol: 'sms', endpoint }] } });
    const dallas = (settings: object) => read(settings).consulateSubscribers['dallas']?.[0]?.endpoint;
    expect(dallas(sms('+5215512345678'))).toBe('+525512345678');
    expect(() => dallas(sms('+12135550'))).toThrow('dallas.0.endpoint "+12135550": must be a complete phone number');
    expect(() => dallas(sms('+50251234567'))).toThrow('must be a number of US or MX');
    expect(dallas({ smsCountries: ['GT'], ...sms('+502 5123 4567') })).toBe('+50251234567');
    expect(() => read({ smsOriginationNumber: '+1900555019' })).toThrow('smsOriginationNumber');
  });

  it('take a shared phone or mailbox as it is stored', () => {
    const { sharedContacts } = read({ sharedContacts: ['+52 1 55 1234 5678', 'Refugio@example.org'] });
    expect(sharedContacts).toEqual(['+525512345678', 'Refugio@example.org']);
  });

  it('need none: every default deploys', () => {
    expect(read(undefined)).toEqual({
      region: 'us-east-1',
      registrationProofOfWork: false,
      replicableKeys: true,
      edge: false,
      ministry: {},
      escalationMinutes: [5, 10],
      attentionMinutes: { acknowledged: 60, locating: 480, other: 1440 },
      retentionDays: 30,
      sharedContacts: [],
      smsCountries: ['US', 'MX'],
      smsSpendAlarmUsd: 0.8,
      smsOptOutPolicy: true,
      consulateSubscribers: {},
      subscriberAccounts: [],
      canaryMinutes: 5,
      deletionProtection: true,
    });
  });

  it('of cdk.json are right', () => {
    expect(() => readConfig(cdkJson.context.alertButton, officeIds)).not.toThrow();
  });

  it('may come from the command line as JSON', () => {
    expect(read('{"canaryMinutes": 0}')).toMatchObject({ canaryMinutes: 0, retentionDays: 30 });
  });

  it.each(wrong)('%s: the message says where, what is wrong and what to write', (_, settings, message) => {
    expect(() => read(settings)).toThrow(message);
  });

  it('names every wrong value at once', () => {
    const lines = () => read({ region: 'x', retentionDays: 0, typo: 1, consulateSubscribers: { dalas: [] } });
    expect(lines).toThrow(/region[^]*retentionDays[^]*dalas[^]*typo/);
  });

  it('never shows the registration code', () => {
    expect(() => read({ registrationCode: 'hunter2' })).toThrow(/^(?![^]*hunter2)/);
  });
});
