import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  TransactionCanceledException,
} from '@aws-sdk/client-dynamodb';
import { InvalidParameterException, NotFoundException } from '@aws-sdk/client-sns';
import { deepEqual } from 'node:assert/strict';
import { createHash } from 'node:crypto';
import type { AwsError, AwsService } from '../../infra/local-aws/aws-service.ts';
import { createSns } from '../../infra/local-aws/sns/sns.ts';
import type { Env, Outside } from '../../shared/compose-parts.ts';
import { announcementSchema } from '../../shared/contracts/announcement.ts';
import { consulates } from '../../shared/data/consulates.ts';
import { inGroups } from '../../shared/domain/family/readable-code.ts';
import type { PinHasher } from '../../shared/domain/family/pins.ts';
import type { ConsulateLocator } from '../../shared/domain/offices/choose-consulate.ts';
import type { DistrictAt } from '../../shared/domain/offices/responsible-office.ts';
import { nearestConsulates } from '../../shared/domain/offices/nearest-consulates.ts';
import { envNames, resourceNames } from '../../shared/names.ts';
import type { Item } from '../model/expressions.ts';
import { type MemoryTable, createMemoryTable } from '../model/memory-table.ts';
import { plainHash } from './keyed-hash.ts';
import { clientOf } from './sdk-client.ts';

/*
 * What lies outside of the code, in this process: the table in memory, the local SNS and a clock that is turned by hand.
 * Amazon Location, KMS and randomness are replaced: they are outside of what the worlds test.
 */

/** One call to AWS, by the name of its operation: `PutItem`, `Publish`. */
export type Call = { readonly operation: string; readonly input: Record<string, unknown>; failed?: true };

/** Stands between the code and AWS: lets a call go on, answers itself, or throws. */
export type Around = (call: Call, goOn: () => Promise<Record<string, unknown>>) => Promise<Record<string, unknown>>;

/** Breaks calls, named `PutItem` or `Publish`, as long as it says so. */
export type Breaking = (operation: string, input: Record<string, unknown>) => boolean;

export type OutsideOptions = {
  /** ISO 8601. */
  readonly start?: string;
  /** Whether mailboxes confirm by themselves. */
  readonly confirm?: 'auto' | 'manual';
  readonly around?: Around;
  /** Instead of Amazon Location. */
  readonly locator?: ConsulateLocator;
  /** Instead of the districts of the data. */
  readonly districtAt?: DistrictAt;
  /** Every office of the data, instead of four. */
  readonly allOffices?: true;
  /** Another table than the plain one in memory. */
  readonly createTable?: (onInsert: (item: Item) => void) => MemoryTable;
  readonly onInsert?: (item: Item) => void;
  /** Settings beside the usual ones. */
  readonly env?: Env;
};

/** Offices of the world; four, so that sequences run out of them. */
export const worldOffices = consulates.filter(({ id }) =>
  ['los-angeles', 'santa-ana', 'san-diego', 'oxnard'].includes(id),
);

const arnOf = (topic: string): string => `arn:aws:sns:us-east-1:000000000000:${topic}`;

const worldEnv: Env = {
  [envNames.table]: 'alerts',
  [envNames.consulateTopicArnPrefix]: arnOf(resourceNames.consulateTopicPrefix),
  [envNames.ministryTopicArn]: arnOf(resourceNames.ministryTopic),
  [envNames.representativeTopicArnPrefix]: arnOf(resourceNames.representativeTopicPrefix),
  [envNames.familyTopicArnPrefix]: arnOf(resourceNames.familyTopicPrefix),
  [envNames.topicKeyArn]: 'arn:aws:kms:us-east-1:000000000000:key/11111111-1111-4111-8111-111111111111',
  [envNames.publicUrl]: 'https://alerts.example',
  [envNames.escalationMinutes]: '5,10',
  [envNames.attentionMinutes]: '60,480,1440',
  [envNames.retentionDays]: '30',
  [envNames.smsCountries]: 'US,MX',
};

const snsFault = ({ code, message }: AwsError): Error => {
  const options = { message, $metadata: {} };
  if (code === 'NotFound') return new NotFoundException(options);
  return code === 'InvalidParameter' ? new InvalidParameterException(options) : new Error(`${code}: ${message}`);
};
const dynamoFault = ({ code, message, details }: AwsError): Error => {
  const options = { message, $metadata: {}, ...details };
  if (code === 'ConditionalCheckFailedException') return new ConditionalCheckFailedException(options);
  if (code === 'TransactionCanceledException') return new TransactionCanceledException(options);
  return new Error(`${code}: ${message}`);
};

/** Hashes nothing: a test is about what follows from a PIN, not about what it costs. */
const pinHasher: PinHasher = {
  hash: async (_family, pin) => `hash of ${pin}`,
  match: async (_family, pin, hashes) => {
    if (hashes.pin === `hash of ${pin}`) return 'pin';
    return hashes.duressPin === `hash of ${pin}` ? 'duressPin' : 'wrong';
  },
};

/** Ids and secrets by number, so that two worlds with one story have the same. */
const countedSecrets = () => {
  let [ids, secrets, links, codes] = [0, 0, 0, 0];
  return {
    newId: () => `${String((ids += 1)).padStart(8, '0')}-0000-4000-8000-000000000000`,
    newSecret: () => {
      const secret = String((secrets += 1)).padStart(43, '0');
      return { secret, secretHash: createHash('sha256').update(secret).digest('hex') };
    },
    newCode: (count: number) => {
      // What finds a code comes first, and is never the same.
      const letters = String((codes += 1))
        .padStart(4, '0')
        .padEnd(count, '0');
      return { code: inGroups(letters), codeHash: createHash('sha256').update(letters).digest('hex') };
    },
    newLinkToken: () => String((links += 1)).padStart(22, '0'),
  };
};

/** The great circle over the world's offices. */
export const greatCircle: ConsulateLocator = {
  nearest: async ({ position, exclude }) => {
    const open = worldOffices.filter(({ id }) => !exclude.has(id));
    const [nearest] = nearestConsulates(position, open, 1);
    return nearest && { consulateId: nearest.consulate.id };
  },
};

/** What machines of offices are sent keeps the contract to the letter: our code itself does not look again. */
const keepsContract = (sns: Pick<AwsService, 'call'>): AwsService => ({
  call: async (operation, input) => {
    if (operation === 'Publish') {
      const { default: body = '' } = JSON.parse(String(input['Message'])) as Record<string, string>;
      // To a family it is text.
      const document: object = body.startsWith('{') ? JSON.parse(body) : {};
      // One of an office's cases together, which has a contract of its own, has no folio.
      if ('folio' in document) deepEqual(announcementSchema.parse(document), document);
    }
    return sns.call(operation, input);
  },
});

export const createOutside = (options: OutsideOptions = {}) => {
  let time = Date.parse(options.start ?? '2026-11-22T20:00:00.000Z');
  const now = () => new Date(time);
  const calls: Call[] = [];
  let between: Around = options.around ?? (async (_call, goOn) => goOn());
  let breaks: Breaking = () => false;
  /** What is broken of a batch of reads is left unread, as where a partition of DynamoDB is busy. */
  const readBatch = async (service: Pick<AwsService, 'call'>, input: Record<string, unknown>) => {
    if (breaks('BatchGetItem', input)) throw new Error('BatchGetItem is broken');
    const [[name, { Keys, ...shown }] = ['', { Keys: [] }]] = Object.entries(
      input['RequestItems'] as Record<string, { readonly Keys: readonly object[] }>,
    );
    const broken = Keys.filter((Key) => breaks('GetItem', { TableName: name, Key }));
    const read = { RequestItems: { [name]: { ...shown, Keys: Keys.filter((key) => !broken.includes(key)) } } };
    return between({ operation: 'BatchGetItem', input: read }, async () => {
      calls.push({ operation: 'BatchGetItem', input: read });
      const answer = await service.call('BatchGetItem', read);
      return { ...answer, ...(broken.length > 0 && { UnprocessedKeys: { [name]: { Keys: broken } } }) };
    });
  };
  const watched = (service: Pick<AwsService, 'call'>): AwsService => ({
    call: async (operation, input) => {
      if (operation === 'BatchGetItem') return readBatch(service, input);
      if (breaks(operation, input)) throw new Error(`${operation} is broken`);
      return between({ operation, input }, async () => {
        const call: Call = { operation, input };
        calls.push(call);
        try {
          return await service.call(operation, input);
        } catch (fault) {
          call.failed = true;
          throw fault;
        }
      });
    },
  });

  const table = (options.createTable ?? createMemoryTable)(options.onInsert ?? (() => undefined));
  const sns = createSns({
    now,
    region: 'us-east-1',
    account: '000000000000',
    confirm: options.confirm ?? 'auto',
    deliverToQueue: async () => undefined,
  });
  // The SDK's paginators ask for its class.
  const dynamo = Object.assign(
    Object.create(DynamoDBClient.prototype) as DynamoDBClient,
    clientOf(watched(table), dynamoFault).client,
  );
  const outside = {
    dynamo,
    sns: clientOf(watched(keepsContract(sns)), snsFault).client,
    locator: options.locator ?? greatCircle,
    pinHasher,
    keyedHash: plainHash,
    now,
    secrets: countedSecrets(),
    ...(!options.allOffices && { consulates: worldOffices }),
    ...(options.districtAt && { districtAt: options.districtAt }),
  } satisfies Outside;
  return {
    now,
    /** Every call to AWS that was let through so far. */
    calls,
    table,
    sns,
    outside,
    /** The composition of a function, in this world. */
    of: <T>(compose: (env: Env, given: typeof outside) => T): T => compose({ ...worldEnv, ...options.env }, outside),
    skip: (ms: number) => {
      time += ms;
    },
    /** Puts something between the code and AWS from now on. */
    intercept: (other: Around) => {
      between = other;
    },
    break: (when: Breaking) => {
      breaks = when;
    },
    mend: () => {
      breaks = () => false;
    },
  };
};

export type MadeOutside = ReturnType<typeof createOutside>;
