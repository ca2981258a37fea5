import { dynamoCheckInStore } from './adapters/dynamo-check-in-store.ts';
import { dynamoDeliveryStore } from './adapters/dynamo-delivery-store.ts';
import { dynamoDigestStore } from './adapters/dynamo-digest-store.ts';
import { dynamoDueStore } from './adapters/dynamo-due-store.ts';
import { dynamoAccountReader, dynamoMonths } from './adapters/dynamo-family-account.ts';
import { dynamoFamilyEraser } from './adapters/dynamo-family-eraser.ts';
import { dynamoFamilyPresses } from './adapters/dynamo-family-presses.ts';
import { dynamoIncidents } from './adapters/dynamo-incidents.ts';
import { readEventItem } from './adapters/dynamo-items.ts';
import { dynamoLinkStore, dynamoOfficeLinks } from './adapters/dynamo-link-store.ts';
import { dynamoMailLimit } from './adapters/dynamo-mail-limit.ts';
import { dynamoPressStart } from './adapters/dynamo-press-start.ts';
import { dynamoNumbers } from './adapters/dynamo-numbers.ts';
import { dynamoOfficeDrills } from './adapters/dynamo-office-drills.ts';
import { dynamoOfficeReach } from './adapters/dynamo-office-reach.ts';
import { dynamoReachStore } from './adapters/dynamo-reach-store.ts';
import { dynamoToldToday } from './adapters/dynamo-told-today.ts';
import { dynamoWaitingContacts } from './adapters/dynamo-waiting-contacts.ts';
import { dynamoTrack } from './adapters/dynamo-track.ts';
import { snsFamilyChannel } from './adapters/sns-family-channel.ts';
import { dynamoRoster } from './adapters/dynamo-roster.ts';
import { snsRepresentativeChannel } from './adapters/sns-representative-channel.ts';
import { snsOfficeChannel } from './adapters/sns-office-channel.ts';
import { snsOfficeSubscribing } from './adapters/sns-office-subscribing.ts';
import { snsSubscriptionChecks } from './adapters/sns-subscriptions.ts';
import { nearestTown } from './data/towns.ts';
import { linkMaker } from './domain/case/links.ts';
import type { Contact, Family } from './domain/family/family.ts';
import { topicKeyOf } from './domain/family/family.ts';
import { shownFamily } from './domain/family/shown-family.ts';
import { nearestConsulates } from './domain/offices/nearest-consulates.ts';
import { officesOfPlace } from './domain/offices/responsible-office.ts';
import type { Position } from './domain/position.ts';
import { envNames } from './names.ts';
import { required } from './runtime/env.ts';
import { joinRefused } from './telling/join-refused.ts';
import { officeTimeZone } from './words/local-time.ts';
import type { Env, Outside, Table } from './compose-parts.ts';
import {
  secretsOf,
  sharedContactsIn,
  snsOf,
  tableOf,
  readingTogetherIn,
  casesIn,
  officesOf,
  districtsOf,
  searchOf,
  retentionIn,
  officeTopicArns,
  smsNumberIn,
  mindingIn,
} from './compose-parts.ts';

/* The part of the composition that tells people: the announcers, the watchman, the operator's test message. */

/**
 * The family is written to by what it is shown: names, languages, home, and their own phone. Who is trusted goes by the
 * consent that holds.
 */
const asShown = (family: Family): Family => ({ ...shownFamily(family), consent: family.consent });

const shownFamilies = ({ families, cases }: ReturnType<typeof casesIn>) => ({
  families: {
    ...families,
    get: async (familyId: string) => {
      const family = await families.get(familyId);
      return family && asShown(family);
    },
  },
  cases: {
    ...cases,
    readCurrent: async (...key: Parameters<typeof cases.readCurrent>) => {
      const current = await cases.readCurrent(...key);
      return current && { ...current, family: asShown(current.family) };
    },
  },
});

/** What telling anybody needs. */
const tellingIn = (env: Env, outside: Outside, table: Table) => {
  const { dynamo, tableName, now } = table;
  const { newId, newLinkToken } = secretsOf(outside);
  const links = dynamoLinkStore(dynamo, tableName, { now, newLinkToken });
  return {
    now,
    ...casesIn(table),
    deliveries: dynamoDeliveryStore(dynamo, tableName, newId),
    linkFor: linkMaker(links, required(env, envNames.publicUrl), now),
    readEvent: readEventItem,
    ...officesOf(env, outside),
  };
};

export const composeAnnounceToFamily = (env: Env, outside: Outside = {}) => {
  const table = readingTogetherIn(tableOf(env, outside));
  const { dynamo, tableName, now } = table;
  const telling = tellingIn(env, outside, table);
  return {
    ...telling,
    ...shownFamilies(telling),
    channel: snsFamilyChannel(snsOf(outside), {
      arnPrefix: required(env, envNames.familyTopicArnPrefix),
      keyArn: required(env, envNames.topicKeyArn),
      now,
      ...smsNumberIn(env),
    }),
    reaches: dynamoReachStore(dynamo, tableName),
    presses: dynamoFamilyPresses(dynamo, tableName, now),
    eraser: dynamoFamilyEraser(dynamo, tableName, now),
    officeReach: dynamoOfficeReach(dynamo, tableName),
    toldToday: dynamoToldToday(dynamo, tableName, now),
    newId: secretsOf(outside).newId,
    nearestConsulate: (position: Position) => nearestConsulates(position, telling.openConsulates, 1)[0]?.consulate,
    officeOfPlace: (position: Position) => {
      const { inCharge } = officesOfPlace(position, 'great-circle', { ...telling, ...districtsOf(outside) });
      return inCharge && telling.consulateById(inCharge.id);
    },
    ...smsNumberIn(env),
  };
};

export const composeAnnounceToAuthorities = (env: Env, outside: Outside = {}) => {
  const table = readingTogetherIn(tableOf(env, outside));
  const { retentionMs } = retentionIn(env);
  return {
    ...tellingIn(env, outside, table),
    channel: snsOfficeChannel(snsOf(outside), officeTopicArns(env), smsNumberIn(env)),
    track: dynamoTrack(table.dynamo, table.tableName, { now: table.now, retentionMs }),
    townNear: (place: Position) => nearestTown(place).name.replace(/, .*/, ''),
    incidents: dynamoIncidents(table.dynamo, table.tableName, table.now),
    officeReach: dynamoOfficeReach(table.dynamo, table.tableName),
    newId: secretsOf(outside).newId,
    retentionMs,
    start: dynamoPressStart(table.dynamo, table.tableName, {
      now: table.now,
      newLinkToken: secretsOf(outside).newLinkToken,
      publicUrl: required(env, envNames.publicUrl),
    }),
    mailLimit: dynamoMailLimit(table.dynamo, table.tableName),
    rosters: dynamoRoster(table.dynamo, table.tableName, table.now),
    representatives: snsRepresentativeChannel(
      snsOf(outside),
      required(env, envNames.representativeTopicArnPrefix),
      smsNumberIn(env),
    ),
    ...searchOf(env, outside),
  };
};

/** The operator's test messages to offices, and their drills. */
export const composeSendDrill = (env: Env, outside: Outside = {}) => {
  const { dynamo, tableName, now } = tableOf(env, outside);
  return {
    channel: snsOfficeChannel(snsOf(outside), officeTopicArns(env), smsNumberIn(env)),
    drills: dynamoOfficeDrills(dynamo, tableName),
    newId: secretsOf(outside).newId,
    now,
    ...officesOf(env, outside),
  };
};

/** The operator's way to subscribe somebody to an office, and to end what its links open. */
export const composeSubscribeOffice = (env: Env, outside: Outside = {}) => {
  const { dynamo, tableName, now } = tableOf(env, outside);
  return {
    subscribing: snsOfficeSubscribing(snsOf(outside), officeTopicArns(env)),
    links: dynamoOfficeLinks(dynamo, tableName),
    now,
  };
};

export const composeWatchman = (env: Env, given: Outside = {}) => {
  const table = tableOf(env, given);
  const { dynamo, tableName, now } = table;
  const outside = { ...given, dynamo, sns: snsOf(given) };
  const { cases, families } = casesIn(table);
  const offices = officesOf(env, outside);
  const family = composeAnnounceToFamily(env, outside);
  const subscriptions = snsSubscriptionChecks(outside.sns, officeTopicArns(env));
  const { newId } = secretsOf(outside);
  return {
    due: dynamoDueStore(dynamo, tableName, now),
    digests: dynamoDigestStore(dynamo, tableName),
    cases,
    families,
    checkIns: dynamoCheckInStore(dynamo, tableName, now),
    now,
    newId,
    minding: mindingIn(env, outside),
    numbers: dynamoNumbers(dynamo, tableName),
    rosters: dynamoRoster(dynamo, tableName, now),
    zoneOf: (officeId: string) => officeTimeZone(offices, officeId),
    family,
    offices: composeAnnounceToAuthorities(env, outside),
    reach: {
      accounts: dynamoAccountReader(dynamo, tableName),
      months: dynamoMonths(dynamo, tableName),
      waiting: dynamoWaitingContacts(dynamo, tableName, sharedContactsIn(env)),
      newId,
      now,
      reaches: dynamoReachStore(dynamo, tableName),
      subscriptions,
      subscribeAgain: async (of: Family, contact: Contact) =>
        family.channel.ask({ key: topicKeyOf(contact), family: of }, contact.contactId),
      joinRefused: async (of: Family) => joinRefused(family, of, (known) => subscriptions.refused(known)),
      officeReach: dynamoOfficeReach(dynamo, tableName),
      officeIds: ['ministry', ...offices.openConsulates.map(({ id }) => id)],
    },
  };
};
