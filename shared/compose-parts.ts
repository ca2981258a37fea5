import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { SNSClient } from '@aws-sdk/client-sns';
import { dynamoAlertReader } from './adapters/dynamo-alert-reader.ts';
import { dynamoCaseStore } from './adapters/dynamo-case-store.ts';
import { dynamoCaseHeads } from './adapters/dynamo-case-heads.ts';
import { createDynamoClient } from './adapters/dynamo-client.ts';
import { dynamoFamilyDirectory } from './adapters/dynamo-family-directory.ts';
import { dynamoPinRecord } from './adapters/dynamo-pin-attempts.ts';
import { kmsKeyedHash } from './adapters/kms-keyed-hash.ts';
import { createKmsClient, kmsPinHasher, scryptCostOf } from './adapters/kms-pins.ts';
import { createLocationConsulateLocator, createSearchClient } from './adapters/location-consulate-locator.ts';
import { nodeSecrets } from './adapters/node-secrets.ts';
import { readingTogether } from './adapters/reads-together.ts';
import { dayMs } from './domain/limits.ts';
import { createSnsClient } from './adapters/sns-client.ts';
import { consulateById, ministryDesk, officesWithDesk, openConsulates } from './data/consulates.ts';
import type { MindingSettings } from './domain/case/minding.ts';
import { districtAt as statedDistrictAt } from './data/districts.ts';
import type { Clock } from './domain/clock.ts';
import { defined } from './domain/defined.ts';
import type { KeyedHash } from './domain/keyed-hash.ts';
import type { PinHasher } from './domain/family/pins.ts';
import type { Secrets } from './domain/family/register-family.ts';
import type { ChooseConsulateFacts, ConsulateLocator } from './domain/offices/choose-consulate.ts';
import { chooseByDistance, chooseConsulate } from './domain/offices/choose-consulate.ts';
import type { Consulate, Desk } from './domain/offices/consulate.ts';
import { type OpenOffices, metersToNearest } from './domain/offices/nearest-consulates.ts';
import type { Offices } from './domain/offices/office-in-charge.ts';
import type { DistrictAt, Districts } from './domain/offices/responsible-office.ts';
import { type EnvName, envNames } from './names.ts';
import { optional, required, requiredNumbers } from './runtime/env.ts';
import { caseTimeZone } from './words/time-zone.ts';

export type Env = NodeJS.ProcessEnv;

/** What lies outside of the code. A function makes it when it needs it, and a test brings its own. */
export type Outside = {
  readonly dynamo?: DynamoDBClient;
  readonly sns?: SNSClient;
  /** The search by Amazon Location. */
  readonly locator?: ConsulateLocator;
  /** Hashing by KMS. */
  readonly pinHasher?: PinHasher;
  readonly keyedHash?: KeyedHash;
  readonly now?: Clock;
  readonly secrets?: Secrets;
  /** All offices, every one open. */
  readonly consulates?: readonly Consulate[];
  readonly districtAt?: DistrictAt;
};

const clockOf = ({ now = () => new Date() }: Outside): Clock => now;
export const secretsOf = ({ secrets = nodeSecrets }: Outside): Secrets => secrets;
export const snsOf = ({ sns = createSnsClient() }: Outside): SNSClient => sns;

export type Table = { readonly dynamo: DynamoDBClient; readonly tableName: string; readonly now: Clock };

export const tableOf = (env: Env, outside: Outside): Table => ({
  dynamo: outside.dynamo ?? createDynamoClient(),
  tableName: required(env, envNames.table),
  now: clockOf(outside),
});

/** The same, where all that is read in one moment is one call. */
export const readingTogetherIn = (table: Table): Table => ({ ...table, dynamo: readingTogether(table.dynamo) });

export const casesIn = ({ dynamo, tableName, now }: Table) => {
  const alerts = dynamoAlertReader(dynamo, tableName, now);
  const families = dynamoFamilyDirectory(dynamo, tableName);
  return {
    alerts,
    families,
    cases: dynamoCaseStore(dynamo, tableName, { alerts, families }),
    heads: dynamoCaseHeads(dynamo, tableName),
  };
};

export const pinsIn = (env: Env, outside: Outside, { dynamo, tableName }: Table) => ({
  pins: dynamoPinRecord(dynamo, tableName),
  hasher: pinHasherOf(env, outside),
});

let kmsClient: ReturnType<typeof createKmsClient> | undefined;
/** One a process: another would open a connection of its own within a person's request. */
const sharedKmsClient = (): ReturnType<typeof createKmsClient> => (kmsClient ??= createKmsClient());

export const pinHasherOf = (env: Env, { pinHasher }: Outside): PinHasher =>
  pinHasher ??
  kmsPinHasher(
    sharedKmsClient(),
    required(env, envNames.pinKeyArn),
    scryptCostOf(requiredNumbers(env, envNames.pinScryptCost)),
  );

export const keyedHashOf = (env: Env, { keyedHash }: Outside): KeyedHash =>
  keyedHash ?? kmsKeyedHash(sharedKmsClient(), required(env, envNames.pinKeyArn));

/** Somebody whom the operator named to be called, if they did. */
const lineIn = (env: Env, nameVariable: EnvName, phoneVariable: EnvName): Desk | undefined => {
  const [name, phone] = [optional(env, nameVariable), optional(env, phoneVariable)];
  return name === undefined || phone === undefined ? undefined : { name, phone };
};

export const officesOf = (env: Env, outside: Outside): Offices & OpenOffices => ({
  ...officesWith(lineIn(env, envNames.deskName, envNames.deskPhone), outside),
  ...defined({ legalHelp: lineIn(env, envNames.legalHelpName, envNames.legalHelpPhone) }),
});

const officesWith = (desk: Desk | undefined, { consulates }: Outside): Offices & OpenOffices => {
  if (desk && !consulates) return officesWithDesk(desk);
  return consulates
    ? {
        openConsulates: consulates,
        consulateById: (id: string) => consulates.find((office) => office.id === id),
        desk: { ...ministryDesk, ...desk },
      }
    : { openConsulates, consulateById, desk: ministryDesk };
};

/** For functions that tell which office has a case; never on the press path. */
export const districtsOf = ({ districtAt = statedDistrictAt }: Outside): Districts => ({ districtAt });

let searchClient: ReturnType<typeof createSearchClient> | undefined;
/** With the first search: of the events that offices hear of few need one, and it takes a tenth of the time to start. */
const sharedSearchClient = (): ReturnType<typeof createSearchClient> => (searchClient ??= createSearchClient());

export const searchOf = (env: Env, outside: Outside) => {
  const locator =
    outside.locator ??
    createLocationConsulateLocator({
      client: sharedSearchClient,
      collectionName: required(env, envNames.geofenceCollection),
    });
  const { openConsulates: offices } = officesOf(env, outside);
  const search = { locator, offices, ...districtsOf(outside) };
  return {
    chooseConsulate: async (facts: ChooseConsulateFacts) => {
      // Before the time begins that Location has to answer.
      if (!outside.locator) sharedSearchClient();
      return chooseConsulate(search, facts);
    },
    chooseByDistance: (facts: ChooseConsulateFacts) => chooseByDistance(search, facts),
  };
};

export const retentionIn = (env: Env) => {
  const [days = 30] = requiredNumbers(env, envNames.retentionDays);
  return { retentionMs: days * dayMs };
};

export const smsCountriesIn = (env: Env) => ({ smsCountries: required(env, envNames.smsCountries).split(',') });

/** Endpoints that the limit of families a day does not hold for. */
export const sharedContactsIn = (env: Env): readonly string[] =>
  optional(env, envNames.sharedContacts)?.split(',') ?? [];

export const officeTopicArns = (env: Env) => ({
  consulatePrefix: required(env, envNames.consulateTopicArnPrefix),
  ministry: required(env, envNames.ministryTopicArn),
});

export const smsNumberIn = (env: Env) => {
  const smsOriginationNumber = optional(env, envNames.smsOriginationNumber);
  return smsOriginationNumber === undefined ? {} : { smsOriginationNumber };
};

const minuteMs = 60_000;

/** How long cases may wait, from the operator's settings. */
export const mindingIn = (env: Env, outside: Outside): MindingSettings => {
  const [nextOffice = 5, ministry = 10] = requiredNumbers(env, envNames.escalationMinutes);
  const [acknowledged = 60, locating = 480, other = 1440] = requiredNumbers(env, envNames.attentionMinutes);
  const offices = officesOf(env, outside);
  return {
    nextOfficeMs: nextOffice * minuteMs,
    ministryMs: ministry * minuteMs,
    ...retentionIn(env),
    attentionMs: (state) =>
      (state === 'acknowledged' ? acknowledged : state === 'locating' ? locating : other) * minuteMs,
    timeZoneOf: (alert, homePosition) => {
      const { raisedTo, consulate } = alert;
      const [office] = [raisedTo, consulate].flatMap((one) => (one ? (offices.consulateById(one.id) ?? []) : []));
      return caseTimeZone(
        alert,
        { person: defined({ homePosition }) },
        office,
        metersToNearest(offices.openConsulates),
      );
    },
  };
};
