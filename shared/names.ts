/**
 * Names that two sides must write alike: `infra/` makes a thing, and a function, a command or an alarm looks for it. Both
 * sides import the name from here.
 */

/** Folders under `functions/`, each one Lambda. A function's log lines have the name. */
export const functionNames = [
  'raise-alert',
  'register-family',
  'answer-queries',
  'cancel-alert',
  'manage-family',
  'serve-case',
  'serve-app',
  'announce-to-family',
  'announce-to-authorities',
  'watchman',
  'record-positions',
  'manage-check-ins',
  'seed-geofences',
  'reserve-concurrency',
  'send-drill',
  'subscribe-office',
  'probe-press',
] as const;
export type FunctionName = (typeof functionNames)[number];

/**
 * Environment variables that `infra/` sets on the functions and `shared/compose*.ts` reads. The construct that
 * owns a resource sets the variable together with the grant.
 */
export const envNames = {
  /** Name of the DynamoDB table. */
  table: 'TABLE_NAME',
  /** ARN of every office's topic without the office id: `arn:aws:sns:<region>:<account>:alert-button-consulate-`. */
  consulateTopicArnPrefix: 'CONSULATE_TOPIC_ARN_PREFIX',
  /** ARN of the ministry's topic. */
  ministryTopicArn: 'MINISTRY_TOPIC_ARN',
  /** ARN of every family's topic without the family id: `arn:aws:sns:<region>:<account>:alert-button-family-`. */
  familyTopicArnPrefix: 'FAMILY_TOPIC_ARN_PREFIX',
  /** ARN of every representative's topic without the id: `arn:aws:sns:<region>:<account>:alert-button-representative-`. */
  representativeTopicArnPrefix: 'REPRESENTATIVE_TOPIC_ARN_PREFIX',
  /** ARN of the customer-managed key with which family topics are encrypted. */
  topicKeyArn: 'TOPIC_KEY_ARN',
  /** Name of the Amazon Location geofence collection with one circle per office. */
  geofenceCollection: 'GEOFENCE_COLLECTION_NAME',
  /** E.164 origination number for SMS; absent: SNS chooses. */
  smsOriginationNumber: 'SMS_ORIGINATION_NUMBER',
  /** Countries whose phones contacts may have, ISO 3166, comma separated: `US,MX`. */
  smsCountries: 'SMS_COUNTRIES',
  /** Phones and mailboxes that join as many families a day as they like, comma separated; absent: none. */
  sharedContacts: 'SHARED_CONTACTS',
  /** SHA-256 (hex) of the operator's registration code; absent: registration is open. */
  registrationCodeHash: 'REGISTRATION_CODE_SHA256',
  /** `yes` where registration is open and asks for work. */
  asksForWork: 'ASKS_FOR_WORK',
  /** `yes` where the operator set a registration code: the app then asks for it. */
  asksForCode: 'ASKS_FOR_CODE',
  /** ARN of the KMS key for the HMAC of PINs. */
  pinKeyArn: 'PIN_KEY_ARN',
  /** The cost of hashing a new PIN, scrypt's N, r and p: `32768,8,3`. */
  pinScryptCost: 'PIN_SCRYPT_COST',
  /** Base URL of links in messages, where phones press too, without a trailing slash. */
  publicUrl: 'PUBLIC_URL',
  /** Minutes of silence before the next office is told, and further minutes before the ministry is: `5,10`. */
  escalationMinutes: 'ESCALATION_MINUTES',
  attentionMinutes: 'ATTENTION_MINUTES',
  /** Days for which a closed case is kept, and positions and check-ins from their own time. */
  retentionDays: 'RETENTION_DAYS',
  /** The desk that people are given to call; absent: the ministry's own. */
  deskName: 'DESK_NAME',
  deskPhone: 'DESK_PHONE',
  /** Whom families are given to call where the person authorised no consular contact; absent: nobody. */
  legalHelpName: 'LEGAL_HELP_NAME',
  legalHelpPhone: 'LEGAL_HELP_PHONE',
  /** ARN of the topic of the canary's family. */
  canaryTopicArn: 'CANARY_TOPIC_ARN',
  /** What the edge sends with each request, in {@link edgeKeyHeader}; absent: there is no edge. */
  edgeKey: 'EDGE_KEY',
} as const;
export type EnvName = (typeof envNames)[keyof typeof envNames];

/** Not `x-edge-…`: CloudFront keeps those names for itself. */
export const edgeKeyHeader = 'x-origin-key';

/** Name of the CloudFormation stack, and of its outputs, which the operator and the operator's commands read. */
export const stackName = 'AlertButton';
export const outputNames = {
  apiUrl: 'ApiUrl',
  alarmTopic: 'AlarmTopic',
  table: 'TableName',
  drillFunction: 'DrillFunction',
  subscribeFunction: 'SubscribeFunction',
  escalationMinutes: 'EscalationMinutes',
  desk: 'Desk',
  edgeDomain: 'EdgeDomain',
  officesWithoutSubscribers: 'OfficesWithoutSubscribers',
  concurrency: 'Concurrency',
  dashboard: 'DashboardUrl',
  nextSteps: 'NextSteps',
} as const;

/** Names of topics, typed by people and other accounts, and of the metric namespace. */
export const resourceNames = {
  consulateTopicPrefix: 'alert-button-consulate-',
  ministryTopic: 'alert-button-ministry',
  familyTopicPrefix: 'alert-button-family-',
  representativeTopicPrefix: 'alert-button-representative-',
  /** Whoever subscribes a machine to an office's topic names it, the operator's commands included. */
  undeliveredQueue: 'alert-button-undelivered',
  metricNamespace: 'AlertButton',
  dashboard: 'AlertButton',
} as const;

/** The family of the canary, which is nobody's: whatever it has is no person's and no case (docs/operating.md). */
export const canaryFamilyId = '00000000-0000-4000-8000-0000000ca9a1';

export { drillFamilyId } from './domain/case/drill-family.ts';

/** The table's indexes (docs/data-model.md). */
export const indexNames = { due: 'due', office: 'office' } as const;
export type IndexName = (typeof indexNames)[keyof typeof indexNames];

/** Values of `itemType`: what an item of the table is (docs/data-model.md). */
export const itemTypes = [
  'alert',
  'event',
  'addition',
  'family',
  'family-event',
  'check-in',
  'check-in-count',
  'registration',
  'spent-challenge',
  'recovery',
  'family-view',
  'device-code',
  'link',
  'opening',
  'links-ended',
  'listing',
  'newest-case',
  'told-today',
  'press-place',
  'incident-press',
  'position',
  'pin-attempts',
  'endpoint-limit',
  'reach',
  'office-reach',
  'mail-count',
  'digest-entry',
  'digest-claim',
  'unheard',
  'blank',
  'drills',
  'numbers',
  'representative',
  'roster-offer',
] as const;
export type ItemType = (typeof itemTypes)[number];

/** Values of `itemType` of the inserted items that each reader of the table's stream handles. */
export const streamItemTypes = {
  'announce-to-family': ['family', 'alert', 'event', 'family-event'],
  'announce-to-authorities': ['alert', 'event', 'addition'],
} as const satisfies Partial<Record<FunctionName, readonly ItemType[]>>;
export type StreamReaderName = keyof typeof streamItemTypes;

/**
 * Metrics of our own in that namespace. Each has an alarm with an entry in docs/runbook.md, or
 * `infra/constructs/metric-alarms.ts` states why it has none. Each costs money in the hours in which it gets a value, so
 * none is written while nothing happens.
 */
export const metricNames = {
  /**
   * Somebody who was to hear did not, or will not hear of the next alert: nobody is subscribed, SNS refused for good, an
   * office lost its last subscriber, nobody may hear of a second PIN, or the districts could not tell whose a place is. The
   * field `reason` says which.
   */
  unreachableDestinations: 'UnreachableDestinations',
  /** How long ago it happened, of each event that the stream has left to the watchman, and of what waits for a late digest. */
  oldestUntoldSeconds: 'OldestUntoldSeconds',
  /** From a press until SNS has the message for a destination. No drills. */
  secondsUntilTold: 'SecondsUntilTold',
  /** No officer has acknowledged an alert and the ministry owns it; again with each repetition. Drills are left out. */
  unacknowledgedAlerts: 'UnacknowledgedAlerts',
  /** A case has looked for a representative for 4 hours. */
  casesWithoutRepresentative: 'CasesWithoutRepresentative',
  /**
   * At its daily check a family turned out to have contacts who may not hear. `reason`: no message reaches it any more, SNS
   * would not say whether a phone answered STOP, or would not subscribe a contact.
   */
  familiesUnheard: 'FamiliesUnheard',
  /** Somebody registers with a code that is not the operator's. */
  wrongRegistrationCodes: 'WrongRegistrationCodes',
  /** The great circle chose the office because Amazon Location failed, was slow or found none. */
  locationFallbacks: 'LocationFallbacks',
  /** Amazon Location and the great circle chose different offices. */
  locationDisagreements: 'LocationDisagreements',
  /** From the press until an officer took the case. */
  secondsToAcknowledgement: 'SecondsToAcknowledgement',
  /** From the press until an officer named a representative, or one accepted. */
  secondsToRepresentative: 'SecondsToRepresentative',
} as const;
export type MetricName = (typeof metricNames)[keyof typeof metricNames];

/** Fields of a log line by which a metric is kept apart: of few values, none of them a person's (G8). */
export const dimensionNames = { destination: 'destination', officeId: 'officeId' } as const;
type DimensionName = (typeof dimensionNames)[keyof typeof dimensionNames];

/**
 * The sets of fields by which CloudWatch keeps a metric apart, each set a metric of its own with a price. The empty one is
 * all of it together, which alarms watch. A metric that is not here has only that.
 */
export const metricDimensions: Readonly<Partial<Record<MetricName, readonly (readonly DimensionName[])[]>>> = {
  [metricNames.unreachableDestinations]: [[], [dimensionNames.officeId]],
  [metricNames.secondsUntilTold]: [[dimensionNames.destination], [dimensionNames.officeId]],
  [metricNames.secondsToAcknowledgement]: [[], [dimensionNames.officeId]],
};

/** The operator's alarms, each with its entry in docs/runbook.md. Some are there only where a setting needs them. */
export const alarmNames = [
  'raise-alert-errors',
  'function-errors',
  'function-throttles',
  'watchman-silent',
  'watchman-errors',
  'given-up',
  'undelivered-to-machines',
  'api-5xx',
  'unreachable-destinations',
  'untold',
  'unacknowledged-alerts',
  'cases-without-representative',
  'families-unheard',
  'sms-spend',
  'canary-silent',
  'wrong-registration-codes',
  'edge-blocks',
] as const;
export type AlarmName = (typeof alarmNames)[number];

/** Events in log lines that the dashboard looks for. */
export const logEvents = { canaryHeard: 'canary.heard', officesChecked: 'offices.checked' } as const;
