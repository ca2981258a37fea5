import { dynamoAlertReader } from './adapters/dynamo-alert-reader.ts';
import { dynamoCheckInStore } from './adapters/dynamo-check-in-store.ts';
import { dynamoDeliveryStore } from './adapters/dynamo-delivery-store.ts';
import { dynamoDeviceCodes, dynamoRecoveryCodes } from './adapters/dynamo-device-codes.ts';
import { dynamoDigestStore } from './adapters/dynamo-digest-store.ts';
import { dynamoDueStore } from './adapters/dynamo-due-store.ts';
import { dynamoAccountReader, dynamoFamilyAccounts, dynamoTrust } from './adapters/dynamo-family-account.ts';
import { dynamoFamilyDirectory } from './adapters/dynamo-family-directory.ts';
import { dynamoFamilyEraser } from './adapters/dynamo-family-eraser.ts';
import { dynamoFamilyPresses } from './adapters/dynamo-family-presses.ts';
import { dynamoIncidents } from './adapters/dynamo-incidents.ts';
import { dynamoFamilyViews } from './adapters/dynamo-family-views.ts';
import { dynamoFamilyRegister } from './adapters/dynamo-family-register.ts';
import { readEventItem } from './adapters/dynamo-items.ts';
import { dynamoLinkOpenings, dynamoLinkStore } from './adapters/dynamo-link-store.ts';
import { dynamoMailLimit } from './adapters/dynamo-mail-limit.ts';
import { dynamoNumbers } from './adapters/dynamo-numbers.ts';
import { dynamoOfficeReach } from './adapters/dynamo-office-reach.ts';
import { dynamoOpenCases } from './adapters/dynamo-open-cases.ts';
import { dynamoDeviceDirectory } from './adapters/dynamo-press-store.ts';
import { dynamoReachStore } from './adapters/dynamo-reach-store.ts';
import { dynamoTakenAlerts } from './adapters/dynamo-taken-alerts.ts';
import { dynamoTrack, dynamoTrackReader } from './adapters/dynamo-track.ts';
import { snsFamilyChannel } from './adapters/sns-family-channel.ts';
import { snsOfficeChannel } from './adapters/sns-office-channel.ts';
import { snsSubscriptionChecks, snsSubscriptionReader } from './adapters/sns-subscriptions.ts';
import { consentTexts } from './data/consent-texts.ts';
import { nearestTown } from './data/towns.ts';
import { linkMaker } from './domain/case/links.ts';
import { shownFamily } from './domain/family/shown-family.ts';
import { nearestConsulates } from './domain/offices/nearest-consulates.ts';
import { officesOfPlace } from './domain/offices/responsible-office.ts';
import type { Position } from './domain/position.ts';
import { defined } from './domain/defined.ts';
import { envNames } from './names.ts';
import { optional, required } from './runtime/env.ts';
import { officeTimeZone } from './words/local-time.ts';
import { composeRights } from './telling/compose-rights.ts';
import type { Env, Outside, Table } from './compose-parts.ts';
import {
  clockOf,
  secretsOf,
  snsOf,
  tableOf,
  casesIn,
  pinsIn,
  pinHasherOf,
  keyedHashOf,
  officesOf,
  districtsOf,
  searchOf,
  retentionIn,
  smsCountriesIn,
  officeTopicArns,
  smsNumberIn,
  mindingIn,
} from './compose-parts.ts';

/*
 * The one composition: what each function's handler needs, from the environment. esbuild leaves out of a function's
 * bundle whatever its own composition does not name.
 */

/** The family is written to by what it is shown: names, languages, home, consent, and their own phone. */
const shownFamilies = ({ families, cases }: ReturnType<typeof casesIn>) => ({
  families: {
    ...families,
    get: async (familyId: string) => {
      const family = await families.get(familyId);
      return family && shownFamily(family);
    },
  },
  cases: {
    ...cases,
    readCurrent: async (...key: Parameters<typeof cases.readCurrent>) => {
      const current = await cases.readCurrent(...key);
      return current && { ...current, family: shownFamily(current.family) };
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

export const composeRegisterFamily = (env: Env, outside: Outside = {}) => {
  const { dynamo, tableName, now } = tableOf(env, outside);
  const keyedHash = keyedHashOf(env, outside);
  return {
    families: dynamoFamilyRegister(dynamo, tableName, keyedHash),
    keyedHash,
    secrets: secretsOf(outside),
    pinHasher: pinHasherOf(env, outside),
    officeReach: dynamoOfficeReach(dynamo, tableName),
    ...officesOf(env, outside),
    consentTexts,
    now,
    registrationCodeHash: optional(env, envNames.registrationCodeHash),
    ...smsCountriesIn(env),
  };
};

export const composeManageFamily = (env: Env, outside: Outside = {}) => {
  const table = tableOf(env, outside);
  const { dynamo, tableName, now } = table;
  return {
    accounts: dynamoFamilyAccounts(dynamo, tableName, keyedHashOf(env, outside)),
    presses: dynamoFamilyPresses(dynamo, tableName, now),
    secrets: secretsOf(outside),
    codes: dynamoDeviceCodes(dynamo, tableName),
    recoveries: dynamoRecoveryCodes(dynamo, tableName),
    subscriptions: snsSubscriptionReader(snsOf(outside)),
    reaches: dynamoReachStore(dynamo, tableName),
    now,
    consentTexts,
    ...officesOf(env, outside),
    ...pinsIn(env, outside, table),
    ...smsCountriesIn(env),
  };
};

export const composeCancelAlert = (env: Env, outside: Outside = {}) => {
  const table = tableOf(env, outside);
  return {
    devices: dynamoDeviceDirectory(table.dynamo, table.tableName),
    now: table.now,
    newId: secretsOf(outside).newId,
    ...casesIn(table),
    ...pinsIn(env, outside, table),
    ...officesOf(env, outside),
    ...districtsOf(outside),
    ...retentionIn(env),
  };
};

export const composeRecordPositions = (env: Env, outside: Outside = {}) => {
  const table = tableOf(env, outside);
  const { dynamo, tableName, now } = table;
  const { retentionMs } = retentionIn(env);
  return {
    devices: dynamoDeviceDirectory(dynamo, tableName),
    track: dynamoTrack(dynamo, tableName, { now, retentionMs }),
    now,
    newId: secretsOf(outside).newId,
    retentionMs,
    ...casesIn(table),
    ...officesOf(env, outside),
    ...searchOf(env, outside),
  };
};

export const composeManageCheckIns = (env: Env, outside: Outside = {}) => {
  const { dynamo, tableName, now } = tableOf(env, outside);
  return {
    // An OK that was said in time takes back the alert that was raised meanwhile.
    ...composeCancelAlert(env, outside),
    presses: dynamoFamilyPresses(dynamo, tableName, now),
    checkIns: dynamoCheckInStore(dynamo, tableName, now),
  };
};

export const composeAnswerQueries = (env: Env, outside: Outside = {}) => {
  const { dynamo, tableName, now } = tableOf(env, outside);
  return {
    devices: dynamoDeviceDirectory(dynamo, tableName),
    alerts: dynamoAlertReader(dynamo, tableName, now),
    accounts: dynamoAccountReader(dynamo, tableName),
    families: dynamoFamilyDirectory(dynamo, tableName),
    presses: dynamoFamilyPresses(dynamo, tableName, now),
    openings: dynamoLinkOpenings(dynamo, tableName),
    subscriptions: snsSubscriptionReader(snsOf(outside)),
    reaches: dynamoReachStore(dynamo, tableName),
    consentTexts,
    now,
    ...officesOf(env, outside),
    ...districtsOf(outside),
  };
};

export const composeServeCase = (env: Env, outside: Outside = {}) => {
  const table = tableOf(env, outside);
  const { dynamo, tableName, now } = table;
  const { newId, newLinkToken } = secretsOf(outside);
  const { cases, families } = casesIn(table);
  const offices = officesOf(env, outside);
  return {
    links: dynamoLinkStore(dynamo, tableName, { now, newLinkToken }),
    cases,
    families,
    trust: dynamoTrust(dynamo, tableName),
    familyViews: dynamoFamilyViews(dynamo, tableName, now),
    takenAlerts: dynamoTakenAlerts(dynamo, tableName),
    track: dynamoTrackReader(dynamo, tableName, now),
    openCases: dynamoOpenCases(dynamo, tableName, now),
    numbers: dynamoNumbers(dynamo, tableName),
    presses: dynamoFamilyPresses(dynamo, tableName, now),
    incidents: dynamoIncidents(dynamo, tableName, now),
    openConsulateById: (id: string) => offices.openConsulates.find((office) => office.id === id),
    consentTexts,
    rights: (language: Parameters<typeof composeRights>[0]) => composeRights(language, offices.desk),
    now,
    newId,
    ...offices,
    ...districtsOf(outside),
    ...retentionIn(env),
  };
};

export const composeAnnounceToFamily = (env: Env, outside: Outside = {}) => {
  const table = tableOf(env, outside);
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
    eraser: dynamoFamilyEraser(dynamo, tableName),
    officeReach: dynamoOfficeReach(dynamo, tableName),
    nearestConsulate: (position: Position) => nearestConsulates(position, telling.openConsulates, 1)[0]?.consulate,
    officeOfPlace: (position: Position) => {
      const { inCharge } = officesOfPlace(position, 'great-circle', { ...telling, ...districtsOf(outside) });
      return inCharge && telling.consulateById(inCharge.id);
    },
    ...smsNumberIn(env),
  };
};

export const composeAnnounceToAuthorities = (env: Env, outside: Outside = {}) => {
  const table = tableOf(env, outside);
  const { retentionMs } = retentionIn(env);
  return {
    ...tellingIn(env, outside, table),
    channel: snsOfficeChannel(snsOf(outside), officeTopicArns(env), smsNumberIn(env)),
    track: dynamoTrack(table.dynamo, table.tableName, { now: table.now, retentionMs }),
    townNear: (place: Position) => nearestTown(place).name.replace(/, .*/, ''),
    incidents: dynamoIncidents(table.dynamo, table.tableName, table.now),
    newId: secretsOf(outside).newId,
    retentionMs,
    mailLimit: dynamoMailLimit(table.dynamo, table.tableName),
    ...searchOf(env, outside),
  };
};

/** The operator's test messages to offices. */
export const composeSendDrill = (env: Env, outside: Outside = {}) => ({
  channel: snsOfficeChannel(snsOf(outside), officeTopicArns(env), smsNumberIn(env)),
  newId: secretsOf(outside).newId,
  now: clockOf(outside),
  ...officesOf(env, outside),
});

export const composeWatchman = (env: Env, given: Outside = {}) => {
  const table = tableOf(env, given);
  const { dynamo, tableName, now } = table;
  const outside = { ...given, dynamo, sns: snsOf(given) };
  const { cases, families } = casesIn(table);
  const offices = officesOf(env, outside);
  return {
    due: dynamoDueStore(dynamo, tableName, now),
    digests: dynamoDigestStore(dynamo, tableName),
    cases,
    checkIns: dynamoCheckInStore(dynamo, tableName, now),
    now,
    newId: secretsOf(outside).newId,
    minding: mindingIn(env, outside),
    numbers: dynamoNumbers(dynamo, tableName),
    zoneOf: (officeId: string) => officeTimeZone(offices, officeId),
    family: composeAnnounceToFamily(env, outside),
    offices: composeAnnounceToAuthorities(env, outside),
    reach: {
      families,
      now,
      reaches: dynamoReachStore(dynamo, tableName),
      subscriptions: snsSubscriptionChecks(outside.sns, officeTopicArns(env)),
      officeReach: dynamoOfficeReach(dynamo, tableName),
      officeIds: ['ministry', ...offices.openConsulates.map(({ id }) => id)],
    },
  };
};

/** What the app must know of this deployment: everybody who opens the address can read it. */
export const composeServeApp = (env: Env, outside: Outside = {}) => {
  const { desk, legalHelp } = officesOf(env, outside);
  const { name, phone } = desk;
  return {
    settings: {
      desk: { name, phone },
      ...defined({ legalHelp }),
      asksForCode: optional(env, envNames.asksForCode) !== undefined,
    },
  };
};
