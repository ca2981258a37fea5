/**
 * Names of the environment variables that `infra/` sets on the functions and `functions/<name>/index.ts` reads.
 * The construct that owns a resource sets the variable together with the grant (docs/adr explains why).
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
  /** ARN of the customer-managed key with which family topics are encrypted. */
  topicKeyArn: 'TOPIC_KEY_ARN',
  /** Name of the Amazon Location geofence collection with one circle per office. */
  geofenceCollection: 'GEOFENCE_COLLECTION_NAME',
  /** E.164 origination number for SMS; absent: SNS chooses. */
  smsOriginationNumber: 'SMS_ORIGINATION_NUMBER',
  /** Country calling codes that contacts' phones may have, comma separated: `+1,+52`. */
  smsCountryCodes: 'SMS_COUNTRY_CODES',
  /** SHA-256 (hex) of the operator's registration code; absent: registration is open. */
  registrationCodeHash: 'REGISTRATION_CODE_SHA256',
  /** ARN of the KMS key for the HMAC of PINs. */
  pinKeyArn: 'PIN_KEY_ARN',
  /** What hashing a new PIN costs, scrypt's N, r and p: `32768,8,3`. */
  pinScryptCost: 'PIN_SCRYPT_COST',
  /** Base URL of links in messages, without a trailing slash. */
  publicUrl: 'PUBLIC_URL',
  /** Minutes of silence before the next office and, after so many more, the ministry is told: `5,10`. */
  escalationMinutes: 'ESCALATION_MINUTES',
  /** Days for which a closed case is kept. */
  retentionDays: 'RETENTION_DAYS',
  /** Base URL of the API that the canary calls. */
  apiUrl: 'API_URL',
} as const;

/** Name of the CloudFormation stack, and of its outputs that the operator's commands read. */
export const stackName = 'AlertButton';
export const outputNames = {
  table: 'TableName',
  drillFunction: 'DrillFunction',
  escalationMinutes: 'EscalationMinutes',
} as const;

/** Names of topics, typed by people and other accounts, and of the metric namespace. */
export const resourceNames = {
  consulateTopicPrefix: 'alert-button-consulate-',
  ministryTopic: 'alert-button-ministry',
  familyTopicPrefix: 'alert-button-family-',
  metricNamespace: 'AlertButton',
} as const;

/** Metrics of our own in that namespace, without dimensions; each has an alarm and an entry in docs/runbook.md. */
export const metricNames = {
  /** An event could not reach a destination for good: nobody is subscribed, or SNS refused. */
  unreachableDestinations: 'UnreachableDestinations',
  /** The great circle chose the office because Amazon Location failed, was slow or found none. */
  locationFallbacks: 'LocationFallbacks',
  /** No officer has acknowledged an alert and the ministry owns it; again with each repetition. Drills are left out. */
  unacknowledgedAlerts: 'UnacknowledgedAlerts',
  /** How many open offices, the ministry among them, have nobody who confirmed; every 15 minutes, also when none. */
  officesWithoutSubscribers: 'OfficesWithoutSubscribers',
  /** An office that had a confirmed subscriber a quarter of an hour ago has none. */
  officesThatLostSubscribers: 'OfficesThatLostSubscribers',
  /** A family whom messages reached at its last check is reached by none. */
  familiesThatLostSubscribers: 'FamiliesThatLostSubscribers',
} as const;
