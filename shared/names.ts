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
 * Environment variables that `infra/` sets on the functions and `functions/<name>/index.ts` reads. The construct that
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
  /** Days for which a closed case is kept. */
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
} as const;

/** The family of the canary, which is nobody's: whatever it has is no person's and no case (docs/operating.md). */
export const canaryFamilyId = '00000000-0000-4000-8000-0000000ca9a1';

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
  'link-twin',
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
 * Metrics of our own in that namespace, without dimensions. Each has an alarm with an entry in docs/runbook.md, or
 * `infra/constructs/operator-alarms.ts` states why it has none.
 */
export const metricNames = {
  /** An event cannot reach a destination: nobody is subscribed, or SNS refused for good. */
  unreachableDestinations: 'UnreachableDestinations',
  /** A duress PIN was typed, and by the last check neither an office nor a trusted contact may hear of it. */
  signalsUnheard: 'SignalsUnheard',
  /** Mailboxes and duty phones of an office wait for a digest for over 3 minutes. */
  lateDigests: 'LateDigests',
  /** The great circle chose the office because Amazon Location failed, was slow or found none. */
  locationFallbacks: 'LocationFallbacks',
  /** The districts could not tell whose a place is: the nearest office was told alone. */
  districtFailures: 'DistrictFailures',
  /** No officer has acknowledged an alert and the ministry owns it; again with each repetition. Drills are left out. */
  unacknowledgedAlerts: 'UnacknowledgedAlerts',
  /** Number of open offices, the ministry included, without a confirmed subscriber. Every 15 minutes, even when it is 0. */
  officesWithoutSubscribers: 'OfficesWithoutSubscribers',
  /** An office that had a confirmed subscriber a quarter of an hour ago has none. */
  officesThatLostSubscribers: 'OfficesThatLostSubscribers',
  /** Messages reached a family at its last check, and now none does. */
  familiesThatLostSubscribers: 'FamiliesThatLostSubscribers',
  /** SNS would not say whether phones of a family answered STOP. */
  unknownOptOuts: 'UnknownOptOuts',
  refusedContacts: 'FamiliesWithRefusedContacts',
  /** Somebody registers with a code that is not the operator's. */
  wrongRegistrationCodes: 'WrongRegistrationCodes',
  /** Amazon Location and the great circle chose different offices. */
  locationDisagreements: 'LocationDisagreements',
  /** From the press until an officer took the case. */
  secondsToAcknowledgement: 'SecondsToAcknowledgement',
  /** From the canary's press until SNS had the message for its family. */
  canarySeconds: 'CanarySeconds',
  /** A case has looked for a representative for 4 hours. */
  casesWithoutRepresentative: 'CasesWithoutRepresentative',
  /** From the press until an officer named a representative, or one accepted. */
  secondsToRepresentative: 'SecondsToRepresentative',
} as const;
export type MetricName = (typeof metricNames)[keyof typeof metricNames];
