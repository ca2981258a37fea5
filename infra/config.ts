import * as z from 'zod';
import { isPhoneCountry, parsePhone } from '../shared/contracts/phone.ts';
import { mutesCountries } from './origination-number.ts';
import { nearestWords, WrongSettingsError, wrongSettings } from './wrong-settings.ts';

/**
 * Regions with Amazon Location's geofences, read in November 2026, without GovCloud, which is another partition.
 * Source: https://docs.aws.amazon.com/general/latest/gr/location.html
 */
const locationRegions = [
  'us-east-1',
  'us-east-2',
  'us-west-2',
  'ca-central-1',
  'sa-east-1',
  'eu-central-1',
  'eu-north-1',
  'eu-south-2',
  'eu-west-1',
  'eu-west-2',
  'ap-northeast-1',
  'ap-south-1',
  'ap-southeast-1',
  'ap-southeast-2',
  'ap-southeast-5',
] as const;

const isHttpsOrigin = (value: string): boolean =>
  isHttpsUrl(value) && [new URL(value).origin, `${new URL(value).origin}/`].includes(value.toLowerCase());
const isHttpsUrl = (value: string): boolean => URL.canParse(value) && new URL(value).protocol === 'https:';

const emailText = 'is not an email address; write for example "duty@example.org"';
const httpsText = 'is not an https address; write for example "https://alerts.example.org"';
const originText =
  'is not an https address without a path; write for example "https://alerts.example.org" (pages are served at its root)';
const lineNameText = 'must be the name of who answers the phone, at most 80 characters';
const certificateText =
  'must be the ARN of a certificate in us-east-1, where CloudFront looks for it: "arn:aws:acm:us-east-1:123456789012:certificate/…"';
const booleanText = 'must be true or false, without quotes';
const codeText =
  'must be a text of 8 to 200 characters: a short code is guessed. It neither begins nor ends with a space: the app leaves those out';
const regionText = `must be a region with Amazon Location: ${locationRegions.join(', ')} (https://docs.aws.amazon.com/general/latest/gr/location.html)`;
const escalationText =
  'must be two numbers of minutes: until the next office is told, and from then until the ministry is, for example [5, 10]';

const email = z.email({ error: emailText });

const spendText =
  'must be US dollars a month, from 0.01 to 1000000, for example 0.8: four fifths of the limit that SNS has for this account';

const wholeNumber = (minimum: number, maximum: number, what: string) => {
  const error = `must be ${what}: a whole number from ${minimum} to ${maximum}`;
  return z.int({ error }).min(minimum, { error }).max(maximum, { error });
};

const listOf = <Item extends z.ZodType>(item: Item, what: string, example: string) =>
  z.array(item, { error: `must be a list of ${what}, for example ${example}` });

/** A phone as E.164, by the parser that families' phones go through. */
const phone = (countries: readonly string[]) =>
  z.string({ error: 'must be a text such as "+15205551234"' }).transform((value, context) => {
    const parsed = parsePhone(value, { countries });
    if ('phone' in parsed) return parsed.phone;
    context.addIssue({ code: 'custom', message: `${parsed.problem}; write for example "+15205551234"` });
    return z.NEVER;
  });

const endpointRules = {
  email: { accepts: (value: string) => email.safeParse(value).success, error: emailText },
  https: { accepts: isHttpsUrl, error: httpsText },
  sqs: {
    // SNS does not deliver from our topics to FIFO queues, whose names end in `.fifo`.
    accepts: (value: string) => /^arn:aws:sqs:[a-z0-9-]+:\d{12}:[\w-]{1,80}$/.test(value),
    error: 'is not the ARN of a standard queue; write for example "arn:aws:sqs:us-east-1:123456789012:alerts"',
  },
} as const;

const subscriberExample = '{"protocol": "email", "endpoint": "duty@example.org"}';

const subscriber = (countries: readonly string[]) =>
  z
    .strictObject(
      {
        protocol: z.enum(['email', 'https', 'sms', 'sqs'], { error: 'must be "email", "https", "sms" or "sqs"' }),
        endpoint: z.string({ error: 'must be a text: the address of the subscriber' }),
      },
      { error: `must be a subscriber, for example ${subscriberExample}` },
    )
    .transform(({ protocol, endpoint }, context) => {
      if (protocol === 'sms') {
        const parsed = phone(countries).safeParse(endpoint);
        if (parsed.success) return { protocol, endpoint: parsed.data };
        context.addIssue({ code: 'custom', path: ['endpoint'], message: parsed.error.issues[0]?.message });
      } else if (!endpointRules[protocol].accepts(endpoint)) {
        context.addIssue({ code: 'custom', path: ['endpoint'], message: endpointRules[protocol].error });
      }
      return { protocol, endpoint };
    });

const subscribers = (countries: readonly string[]) =>
  listOf(subscriber(countries), 'subscribers', `[${subscriberExample}]`).refine(
    (list) => new Set(list.map((one) => `${one.protocol} ${one.endpoint}`)).size === list.length,
    { error: 'names the same subscriber twice; keep one' },
  );

const officeId = (known: readonly string[]) =>
  z.string().refine((id) => known.includes(id), {
    error: ({ input }) => {
      const guesses = nearestWords(String(input), known, 3).map((guess) => `"${guess}"`);
      return `is not the id of an office; did you mean ${guesses.join(', ')}? ("npm run consulate -- offices" shows all)`;
    },
  });

const consulateSubscribers = (officeIds: readonly string[], countries: readonly string[]) =>
  z.record(officeId([...officeIds, 'ministry']), subscribers(countries), {
    error: 'must map ids of offices to lists of subscribers',
  });

const countryText = 'is not the ISO 3166 code of a country; write for example "MX"';
const countriesText = 'must name at least one country, for example ["US", "MX"]';

/** Somebody who answers a phone. */
const line = z.strictObject(
  {
    name: z.string({ error: lineNameText }).trim().min(1, { error: lineNameText }).max(80, { error: lineNameText }),
    phone: phone(['US', 'MX']),
  },
  { error: 'must be an object: {"name": "…", "phone": "+15205551234"}' },
);

// Lambda takes 4 KB of environment in all.
const mostShared = 20;

/** Phones and mailboxes that are contacts of more families than a day allows: a volunteer's, an organisation's. */
const sharedContacts = (countries: readonly string[]) =>
  listOf(
    z.string({ error: 'must be a text: a phone or a mailbox' }).transform((value, context) => {
      const parsed = value.includes('@') ? email.safeParse(value) : phone(countries).safeParse(value);
      if (parsed.success) return parsed.data;
      context.addIssue({ code: 'custom', message: parsed.error.issues[0]?.message ?? 'is neither' });
      return z.NEVER;
    }),
    'phones and mailboxes',
    '["+15205551234", "desk@example.org"]',
  )
    .max(mostShared, { error: `must name at most ${mostShared} phones and mailboxes` })
    .default([]);

const smsCountries = listOf(
  z.string({ error: 'must be a text such as "MX"' }).refine(isPhoneCountry, { error: countryText }),
  'countries',
  '["US", "MX"]',
)
  .min(1, { error: countriesText })
  .default(['US', 'MX']);

/** SNS stops all SMS at the account's monthly limit, which AWS sets to 1 USD for new accounts. */
const smsSpendAlarmUsd = z
  .number({ error: spendText })
  .min(0.01, { error: spendText })
  .max(1e6, { error: spendText })
  .default(0.8);

const settingsFor = (officeIds: readonly string[], countries: readonly string[]) =>
  z.strictObject({
    region: z.enum(locationRegions, { error: regionText }).default('us-east-1'),
    publicUrl: z.string({ error: originText }).refine(isHttpsOrigin, { error: originText }).optional(),
    registrationCode: z
      .string({ error: codeText })
      .min(8, { error: codeText })
      .max(200, { error: codeText })
      .refine((code) => code === code.trim(), { error: codeText })
      .optional(),
    /** Each registration costs the phone a second of work; not where a code is asked for. */
    registrationProofOfWork: z.boolean({ error: booleanText }).default(false),
    /** CloudFront and a web ACL before app, pages and registration. */
    edge: z.boolean({ error: booleanText }).default(false),
    /** Of the host in `publicUrl`, where both are set. */
    edgeCertificateArn: z
      .string({ error: certificateText })
      .regex(/^arn:aws:acm:us-east-1:\d{12}:certificate\/[\w-]+$/, { error: certificateText })
      .optional(),
    sharedContacts: sharedContacts(countries),
    ministry: z.strictObject({ email: email.optional() }, { error: 'must be an object: {"email": "…"}' }).default({}),
    /** Whom people are given to call at any hour; without it the ministry's own desk. */
    desk: line.optional(),
    /** Whom families are given to call where the person authorised no consular contact; without it nobody. */
    legalHelp: line.optional(),
    operatorEmail: email.optional(),
    escalationMinutes: z
      .tuple([wholeNumber(1, 1440, 'minutes'), wholeNumber(1, 1440, 'minutes')], { error: escalationText })
      .default([5, 10]),
    /** By the state of a case that was taken: how long it may be without an officer's entry. */
    attentionMinutes: z
      .strictObject(
        {
          acknowledged: wholeNumber(1, 525_600, 'minutes').default(60),
          locating: wholeNumber(1, 525_600, 'minutes').default(480),
          other: wholeNumber(1, 525_600, 'minutes').default(1440),
        },
        { error: 'must be an object: {"acknowledged": 60, "locating": 480, "other": 1440}' },
      )
      .prefault({}),
    retentionDays: wholeNumber(1, 3650, 'days').default(30),
    smsCountries,
    smsOriginationNumber: phone(countries).optional(),
    smsSpendAlarmUsd,
    /** Off where the account's opt-out list has a policy already, which a deploy does not replace. */
    smsOptOutPolicy: z.boolean({ error: booleanText }).default(true),
    consulateSubscribers: consulateSubscribers(officeIds, countries).default({}),
    subscriberAccounts: listOf(
      z.string({ error: 'must be a text of 12 digits, in quotes' }).regex(/^\d{12}$/, {
        error: 'is not an AWS account id; write its 12 digits in quotes, for example "123456789012"',
      }),
      'account ids',
      '["123456789012"]',
    ).default([]),
    /** Roles that deploy the stack beside the one of the bootstrap: they subscribe whom `consulateSubscribers` names. */
    deployRoles: listOf(
      z.string({ error: 'must be the ARN of a role' }).regex(/^arn:[\w-]+:iam::\d{12}:role\/[\w+=,.@/-]+$/, {
        error: 'is not the ARN of a role; write for example "arn:aws:iam::123456789012:role/Deployer"',
      }),
      'ARNs of roles',
      '["arn:aws:iam::123456789012:role/Deployer"]',
    ).optional(),
    canaryMinutes: wholeNumber(0, 60, 'minutes between two presses of the canary, 0 for none').default(5),
    /** Executions kept for the press, and its ceiling. */
    reservedConcurrency: wholeNumber(1, 10_000, 'executions kept for the press').optional(),
    deletionProtection: z.boolean({ error: booleanText }).default(true),
    /** AWS refuses to change it of a key that is there: `false` of a stack whose keys were made without. */
    replicableKeys: z.boolean({ error: booleanText }).default(true),
  });

/** The operator's settings, complete and checked. The README says what each means. */
export type Config = Readonly<z.infer<ReturnType<typeof settingsFor>>>;
/** Somebody whom the operator subscribes to an office's topic at deploy. */
export type Subscriber = z.infer<ReturnType<typeof subscriber>>;

const refuseMuting = ({ smsOriginationNumber, smsCountries: countries }: Config, context: z.RefinementCtx): void => {
  const muted = mutesCountries(smsOriginationNumber, countries);
  if (muted.length === 0) return;
  const message =
    `sends only within its country: relatives in ${muted.join(', ')} would get no SMS. Leave it out, or use a ` +
    'toll-free number with "International sending" (https://docs.aws.amazon.com/sms-voice/latest/userguide/phone-numbers.html)';
  context.addIssue({ code: 'custom', path: ['smsOriginationNumber'], message });
};

const refuseHalfAnEdge = (config: Config, context: z.RefinementCtx): void => {
  const { edge, region, publicUrl, edgeCertificateArn } = config;
  if (!edge) return;
  const refuse = (path: string, message: string): void => context.addIssue({ code: 'custom', path: [path], message });
  if (region !== 'us-east-1') {
    refuse(
      'edge',
      `works in us-east-1 alone, and region is ${region}: AWS makes web ACLs for CloudFront nowhere else. Leave it out, ` +
        'or deploy in us-east-1 (https://docs.aws.amazon.com/waf/latest/developerguide/how-aws-waf-works-resources.html)',
    );
  }
  if (publicUrl !== undefined && edgeCertificateArn === undefined) {
    refuse('edgeCertificateArn', 'is missing: with edge and publicUrl CloudFront needs the certificate of that name');
  }
  if (publicUrl === undefined && edgeCertificateArn !== undefined) {
    refuse('publicUrl', 'is missing: it is the name of which edgeCertificateArn is the certificate');
  }
};

const fromJson = (raw: string): unknown => {
  if (raw.trim() === '') return {};
  try {
    return JSON.parse(raw);
  } catch {
    throw new WrongSettingsError(
      `alertButton is not JSON; write for example: -c 'alertButton={"operatorEmail": "ops@example.org"}'`,
    );
  }
};

/**
 * The checked settings, from cdk.json (an object) or from `-c alertButton=…` (JSON text).
 * Throws `WrongSettingsError` with one line for each wrong value: where, what is wrong, what to write.
 *
 * @param officeIds ids that `consulateSubscribers` may use, beside `ministry`
 */
export const readConfig = (raw: unknown, officeIds: readonly string[]): Config => {
  const given = typeof raw === 'string' ? fromJson(raw) : (raw ?? {});
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw new WrongSettingsError('alertButton must be an object of settings: {"operatorEmail": "ops@example.org"}');
  }
  // Phones of the settings are read by the setting that says of which countries they may be.
  const { data } = z.object({ smsCountries }).safeParse(given);
  const settings = settingsFor(officeIds, data?.smsCountries ?? ['US', 'MX']);
  const parsed = settings.superRefine(refuseMuting).superRefine(refuseHalfAnEdge).safeParse(given);
  if (parsed.success) return parsed.data;
  throw wrongSettings(given, parsed.error.issues, (path) => {
    if (path.length === 0) return Object.keys(settings.shape);
    if (path[0] === 'attentionMinutes') return ['acknowledged', 'locating', 'other'];
    if (path[0] === 'desk' || path[0] === 'legalHelp') return ['name', 'phone'];
    return path[0] === 'ministry' ? ['email'] : ['protocol', 'endpoint'];
  });
};
