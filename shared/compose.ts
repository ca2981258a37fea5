import { dynamoAlertReader } from './adapters/dynamo-alert-reader.ts';
import { dynamoCanaryFamily } from './adapters/dynamo-canary.ts';
import { dynamoCheckInStore } from './adapters/dynamo-check-in-store.ts';
import { dynamoDeviceCodes, dynamoRecoveryCodes } from './adapters/dynamo-device-codes.ts';
import { dynamoAccountReader, dynamoFamilyAccounts, dynamoTrust } from './adapters/dynamo-family-account.ts';
import { dynamoFamilyDirectory } from './adapters/dynamo-family-directory.ts';
import { dynamoFamilyPresses } from './adapters/dynamo-family-presses.ts';
import { dynamoIncidents } from './adapters/dynamo-incidents.ts';
import { dynamoFamilyViews } from './adapters/dynamo-family-views.ts';
import { dynamoFamilyRegister } from './adapters/dynamo-family-register.ts';
import { dynamoLinkOpenings, dynamoLinkStore } from './adapters/dynamo-link-store.ts';
import { dynamoNumbers } from './adapters/dynamo-numbers.ts';
import { dynamoOfficeReach } from './adapters/dynamo-office-reach.ts';
import { dynamoOpenCases } from './adapters/dynamo-open-cases.ts';
import { dynamoDeviceDirectory } from './adapters/dynamo-press-store.ts';
import { dynamoReachStore } from './adapters/dynamo-reach-store.ts';
import { dynamoTakenAlerts } from './adapters/dynamo-taken-alerts.ts';
import { dynamoTrack, dynamoTrackReader } from './adapters/dynamo-track.ts';
import { dynamoRoster } from './adapters/dynamo-roster.ts';
import { snsSubscriptionReader } from './adapters/sns-subscriptions.ts';
import { nearestTown } from './data/towns.ts';
import { consentTexts } from './data/consent-texts.ts';
import { defined } from './domain/defined.ts';
import type { Position } from './domain/position.ts';
import { envNames } from './names.ts';
import { officeTimeZone } from './words/local-time.ts';
import { optional, required } from './runtime/env.ts';
import { composeRights } from './telling/compose-rights.ts';
import type { Env, Outside } from './compose-parts.ts';
import {
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
  sharedContactsIn,
  smsCountriesIn,
} from './compose-parts.ts';

/*
 * The one composition: what each function's handler needs, from the environment. esbuild leaves out of a function's
 * bundle whatever its own composition does not name.
 */

export const composeRegisterFamily = (env: Env, outside: Outside = {}) => {
  const { dynamo, tableName, now } = tableOf(env, outside);
  const keyedHash = keyedHashOf(env, outside);
  return {
    families: dynamoFamilyRegister(dynamo, tableName, keyedHash, sharedContactsIn(env)),
    keyedHash,
    secrets: secretsOf(outside),
    pinHasher: pinHasherOf(env, outside),
    officeReach: dynamoOfficeReach(dynamo, tableName),
    ...officesOf(env, outside),
    consentTexts,
    now,
    registrationCodeHash: optional(env, envNames.registrationCodeHash),
    asksForWork: optional(env, envNames.asksForWork) !== undefined,
    ...smsCountriesIn(env),
  };
};

export const composeManageFamily = (env: Env, outside: Outside = {}) => {
  const table = tableOf(env, outside);
  const { dynamo, tableName, now } = table;
  return {
    accounts: dynamoFamilyAccounts(dynamo, tableName, keyedHashOf(env, outside), sharedContactsIn(env)),
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
    familyViews: dynamoFamilyViews(dynamo, tableName, { now, ...retentionIn(env) }),
    townNear: (place: Position) => nearestTown(place).name,
    takenAlerts: dynamoTakenAlerts(dynamo, tableName),
    track: dynamoTrackReader(dynamo, tableName, now),
    openCases: dynamoOpenCases(dynamo, tableName, now),
    rosters: dynamoRoster(dynamo, tableName, now),
    zoneOf: (officeId: string) => officeTimeZone(offices, officeId),
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

export const composeProbePress = (env: Env, outside: Outside = {}) => {
  const { dynamo, tableName, now } = tableOf(env, outside);
  return {
    family: dynamoCanaryFamily(dynamo, tableName, required(env, envNames.canaryTopicArn)),
    secrets: secretsOf(outside),
    now,
    publicUrl: required(env, envNames.publicUrl),
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
