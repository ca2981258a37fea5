import type { Construct } from 'constructs';
import { createHash } from 'node:crypto';
import { envNames } from '../shared/names.ts';
import type { Config } from './config.ts';
import type { AlertTable } from './constructs/alert-table.ts';
import type { FamilyTopics } from './constructs/family-topics.ts';
import type { Geosearch } from './constructs/geosearch.ts';
import type { PinKey } from './constructs/pin-key.ts';
import { type ServiceFunctionProps, ServiceFunction, wholeCpuMegabytes } from './constructs/service-function.ts';

/** What the functions that phones call are given access to. */
export type PhoneFunctionsProps = {
  readonly config: Config;
  readonly table: AlertTable;
  readonly pinKey: PinKey;
  readonly geosearch: Geosearch;
  readonly familyTopics: FamilyTopics;
};

export type PhoneFunctions = Record<
  'raiseAlert' | 'registerFamily' | 'cancelAlert' | 'manageFamily' | 'manageCheckIns' | 'recordPositions',
  ServiceFunction
>;

/** The functions that phones call, each with what it may do. */
export const phoneFunctions = (scope: Construct, props: PhoneFunctionsProps): PhoneFunctions => ({
  raiseAlert: raiseAlert(scope, props),
  registerFamily: registerFamily(scope, props),
  cancelAlert: cancelAlert(scope, props),
  manageFamily: manageFamily(scope, props),
  manageCheckIns: manageCheckIns(scope, props),
  recordPositions: recordPositions(scope, props),
});

const raiseAlert = (scope: Construct, { config, table }: PhoneFunctionsProps): ServiceFunction => {
  const made = new ServiceFunction(scope, 'RaiseAlert', {
    name: 'raise-alert',
    description: 'POST /v1/alerts: the press, one read and one conditional write',
    impact: 'A person pressed the button and got an error; the phone retries with the same id.',
    timeoutSeconds: 10,
    // The cold start is most of a rare press, and CPU grows with memory.
    memoryMegabytes: 1024,
    reservedConcurrency: config.reservedConcurrency,
  });
  table.grantPress(made);
  return made;
};

/** For whoever counts how many families an endpoint joins in a day. */
export const setSharedContacts = (made: ServiceFunction, { sharedContacts }: Config): void => {
  if (sharedContacts.length > 0) made.setVariable(envNames.sharedContacts, sharedContacts.join(','));
};

const registerFamily = (scope: Construct, { config, table, pinKey }: PhoneFunctionsProps): ServiceFunction => {
  const made = new ServiceFunction(scope, 'RegisterFamily', {
    name: 'register-family',
    description: 'POST /v1/families, and the work that it may ask for',
    impact: 'A family could not register and stays without a button until it tries again.',
    timeoutSeconds: 10,
    // PINs are hashed slowly on purpose.
    memoryMegabytes: 1024,
  });
  table.grantRegistration(made);
  pinKey.grantHashing(made);
  made.setVariable(envNames.smsCountries, config.smsCountries.join(','));
  setSharedContacts(made, config);
  if (config.registrationCode) {
    const hash = createHash('sha256').update(config.registrationCode).digest('hex');
    made.setVariable(envNames.registrationCodeHash, hash);
  } else if (config.registrationProofOfWork) made.setVariable(envNames.asksForWork, 'yes');
  return made;
};

/** A function that a PIN opens: it may change the family's items, and hashes what was typed. */
const withPins = (
  scope: Construct,
  { table, pinKey }: PhoneFunctionsProps,
  id: string,
  props: Pick<ServiceFunctionProps, 'name' | 'description' | 'impact'>,
): ServiceFunction => {
  const made = new ServiceFunction(scope, id, { ...props, timeoutSeconds: 15, memoryMegabytes: wholeCpuMegabytes });
  table.grantChanging(made);
  pinKey.grantHashing(made);
  return made;
};

const cancelAlert = (scope: Construct, props: PhoneFunctionsProps): ServiceFunction => {
  const made = withPins(scope, props, 'CancelAlert', {
    name: 'cancel-alert',
    description: 'POST /v1/alerts/{alertId}/cancel, with the PIN or the duress PIN',
    impact: 'An alert could not be cancelled, or a person could not signal that they are forced; phones retry.',
  });
  made.setVariable(envNames.retentionDays, String(props.config.retentionDays));
  return made;
};

const manageFamily = (scope: Construct, props: PhoneFunctionsProps): ServiceFunction => {
  const made = withPins(scope, props, 'ManageFamily', {
    name: 'manage-family',
    description: 'POST /v1/family/*: contacts, phones and erasing, with the PIN or the duress PIN',
    impact: 'Contacts and phones cannot be changed, nothing can be erased; phones retry. Presses go through.',
  });
  made.setVariable(envNames.smsCountries, props.config.smsCountries.join(','));
  setSharedContacts(made, props.config);
  props.familyTopics.grantReadingSubscriptions(made);
  return made;
};

const manageCheckIns = (scope: Construct, props: PhoneFunctionsProps): ServiceFunction => {
  const made = withPins(scope, props, 'ManageCheckIns', {
    name: 'manage-check-ins',
    description: '/v1/check-ins: promises to say OK by a time, answered with the PIN or the duress PIN',
    impact:
      'Nobody can promise or say OK: alerts of check-ins are raised although people are well, and nobody can signal by one that they are forced.',
  });
  made.setVariable(envNames.retentionDays, String(props.config.retentionDays));
  return made;
};

const recordPositions = (scope: Construct, { config, table, geosearch }: PhoneFunctionsProps): ServiceFunction => {
  const made = new ServiceFunction(scope, 'RecordPositions', {
    name: 'record-positions',
    description: 'POST /v1/alerts/{alertId}/positions: keeps the track; a first position decides the office',
    impact: 'Officers do not see where a phone went after the press; phones send the positions again.',
    timeoutSeconds: 10,
  });
  table.grantChanging(made);
  table.grantTrack(made);
  made.setVariable(envNames.retentionDays, String(config.retentionDays));
  geosearch.grantSearching(made);
  return made;
};
