import type { Construct } from 'constructs';
import type { Office } from '../shared/data/consulate-data.ts';
import { envNames } from '../shared/names.ts';
import type { Config } from './config.ts';
import type { AlertTable } from './constructs/alert-table.ts';
import { ConsulateTopics } from './constructs/consulate-topics.ts';
import type { EncryptionKey } from './constructs/encryption-key.ts';
import type { FamilyTopics } from './constructs/family-topics.ts';
import { GivenUpQueue } from './constructs/given-up-queue.ts';
import type { Geosearch } from './constructs/geosearch.ts';
import type { OperatorAlarms } from './constructs/operator-alarms.ts';
import { OptOutPolicy } from './constructs/opt-out-policy.ts';
import { RepresentativeTopics } from './constructs/representative-topics.ts';
import { ServiceFunction, wholeCpuMegabytes } from './constructs/service-function.ts';
import { UndeliveredQueue } from './constructs/undelivered-queue.ts';
import { StreamConsumer } from './constructs/stream-consumer.ts';
import { regionsWithoutSms } from './muting-settings.ts';
import { setSharedContacts } from './phone-functions.ts';
import { Watchman } from './constructs/watchman.ts';

/** What the functions that tell people are given access to. */
export type TellingFunctionsProps = {
  readonly config: Config;
  readonly key: EncryptionKey;
  readonly offices: readonly Office[];
  readonly table: AlertTable;
  readonly geosearch: Geosearch;
  readonly familyTopics: FamilyTopics;
  readonly alarms: OperatorAlarms;
};

export type TellingFunctions = {
  readonly announceToFamily: ServiceFunction;
  readonly announceToAuthorities: ServiceFunction;
  readonly watchman: ServiceFunction;
  readonly sendDrill: ServiceFunction;
  readonly subscribeOffice: ServiceFunction;
  readonly consulateTopics: ConsulateTopics;
};

/** The functions that tell families, offices and the ministry, with the topics of offices and ministry. */
export const tellingFunctions = (scope: Construct, props: TellingFunctionsProps): TellingFunctions => {
  const { config, key, offices, table, geosearch, alarms } = props;
  const announceToFamily = familyAnnouncer(scope, props);
  const announceToAuthorities = new ServiceFunction(scope, 'AnnounceToAuthorities', {
    name: 'announce-to-authorities',
    description: 'Stream: chooses the office, tells it and the ministry',
    impact: 'A consulate or the ministry hears of an alert a minute or more late, from the watchman.',
    timeoutSeconds: 60,
    memoryMegabytes: wholeCpuMegabytes,
  });
  const watchman = safetyNet(scope, props);

  const sendDrill = new ServiceFunction(scope, 'SendDrill', {
    name: 'send-drill',
    description: 'Invoked by npm run consulate -- test and drill: tries whether offices hear, and whether they act',
    impact:
      'A test or a drill did not go out, so nobody knows whether that office would hear. Alerts are not affected.',
    timeoutSeconds: 60,
  });

  const subscribeOffice = new ServiceFunction(scope, 'SubscribeOffice', {
    name: 'subscribe-office',
    description: 'Invoked by npm run consulate -- subscribe and revoke-links: nobody else says who hears an office',
    impact: 'Nobody new can be subscribed to an office, and no links be ended. Alerts are told as before.',
    timeoutSeconds: 30,
  });

  const publishers = [announceToAuthorities, watchman, sendDrill];
  new UndeliveredQueue(scope, 'Undelivered', { key, alarms });
  table.grantEndingLinks(subscribeOffice);
  table.grantDrilling(sendDrill);
  const consulateTopics = new ConsulateTopics(scope, 'ConsulateTopics', {
    key,
    offices,
    config,
    publishers,
    subscriber: subscribeOffice,
  });
  consulateTopics.grantSubscribing(subscribeOffice);
  consulateTopics.grantPublishing(sendDrill);
  consulateTopics.grantMendingFilters(watchman);
  const representativeTopics = new RepresentativeTopics(scope, 'RepresentativeTopics', { key });
  for (const announcer of [announceToAuthorities, watchman]) {
    consulateTopics.grantPublishing(announcer);
    representativeTopics.grantPublishing(announcer);
    geosearch.grantSearching(announcer);
    table.grantChanging(announcer);
    table.grantTrack(announcer);
    table.grantReadingTogether(announcer);
    announcer.setVariable(envNames.retentionDays, String(config.retentionDays));
  }
  const givenUp = new GivenUpQueue(scope, 'GivenUp', { alarms });
  new StreamConsumer(scope, 'FamilyStream', { table, consumer: announceToFamily, givenUp });
  new StreamConsumer(scope, 'AuthoritiesStream', { table, consumer: announceToAuthorities, givenUp });
  return { announceToFamily, announceToAuthorities, watchman, sendDrill, subscribeOffice, consulateTopics };
};

/** What the watchman has beside what announcers have. */
const safetyNet = (
  scope: Construct,
  { config, table, familyTopics, alarms }: TellingFunctionsProps,
): ServiceFunction => {
  const watchman = new Watchman(scope, 'Safety', { alarms }).function;
  familyTopics.grantAnnouncing(watchman);
  familyTopics.grantReadingSubscriptions(watchman);
  familyTopics.grantReadingOptOuts(watchman);
  if (config.smsOptOutPolicy && !regionsWithoutSms.has(config.region)) new OptOutPolicy(scope, 'OptOuts');
  table.grantFindingDue(watchman);
  table.grantErasing(watchman);
  setSharedContacts(watchman, config);
  return watchman;
};

const familyAnnouncer = (
  scope: Construct,
  { table, familyTopics }: TellingFunctionsProps,
): ServiceFunction<'announce-to-family'> => {
  const made = new ServiceFunction(scope, 'AnnounceToFamily', {
    name: 'announce-to-family',
    description: 'Stream: makes family topics, welcomes contacts, tells families',
    impact: 'A family hears of an alert a minute or more late, from the watchman.',
    timeoutSeconds: 60,
    memoryMegabytes: wholeCpuMegabytes,
  });
  familyTopics.grantAnnouncing(made);
  table.grantChanging(made);
  table.grantErasing(made);
  table.grantReadingTogether(made);
  return made;
};
