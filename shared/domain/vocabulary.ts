/*
 * Words with a closed set of values. Types, stored items, published documents, pages and checks all come from these
 * lists: a new state or language is added here, and the compiler names every text that it lacks.
 */

/** States of a case, in the order in which they usually follow each other. */
export const alertStates = [
  'raised',
  'acknowledged',
  'locating',
  'located',
  'in-contact',
  'transferred',
  'closed',
] as const;
export type AlertState = (typeof alertStates)[number];

/**
 * Parts of an office's list, in their order. `untaken`: nobody has it. `here`: this office has it. `others`: another has.
 * `drill`: whoever has it.
 */
export const listSections = ['untaken', 'here', 'others', 'drill'] as const;
export type ListSection = (typeof listSections)[number];

export const dispositions = ['cancelled', 'safe', 'false-alarm', 'released', 'repatriated', 'drill', 'other'] as const;
export type Disposition = (typeof dispositions)[number];

export const escalationReasons = ['office-unreachable', 'not-acknowledged', 'hand-over-unanswered'] as const;
export type EscalationReason = (typeof escalationReasons)[number];

export const languages = ['es', 'en'] as const;
export type Language = (typeof languages)[number];
export const isLanguage = (value: unknown): value is Language => languages.some((language) => language === value);

/** Languages that people may speak best, by ISO 639: people who help are found by them. */
export const spokenLanguages = [
  'es',
  'en',
  'nah',
  'yua',
  'mix',
  'zap',
  'tzo',
  'tzh',
  'oto',
  'mau',
  'maz',
  'pua',
  'trc',
  'mam',
  'quc',
] as const;
export type SpokenLanguage = (typeof spokenLanguages)[number];

export const channels = ['sms', 'email'] as const;

/** What a legal representative is asked for. */
export const matters = ['immigration', 'criminal', 'family', 'labor'] as const;
export type Matter = (typeof matters)[number];
export const rosterStates = ['active', 'paused'] as const;

/** `lapsed`: the next was asked as well. `ended`: somebody else has the case. */
export const offerStates = ['offered', 'lapsed', 'declined', 'accepted', 'contacted', 'done', 'ended'] as const;
export type OfferState = (typeof offerStates)[number];
export const representativeActions = ['accept', 'decline', 'contacted', 'note', 'done'] as const;
export type RepresentativeAction = (typeof representativeActions)[number];
/** Who began to look for one: an officer, or the wish of the person. */
export const searchers = ['officer', 'person'] as const;

/** Whom an event has to reach, and for whom a link is made. */
export const destinationKinds = ['family', 'consulate', 'ministry'] as const;
export type DestinationKind = (typeof destinationKinds)[number];

/**
 * How far a message has come. `pending`: still to be sent. `sent`: SNS accepted it and its topic has a confirmed
 * subscriber. `unreachable`: nobody is subscribed, or SNS refused for good.
 */
export const deliveryStatuses = ['pending', 'sent', 'unreachable'] as const;
export type DeliveryStatus = (typeof deliveryStatuses)[number];

/**
 * By what an office was found: as the nearest, by Amazon Location, our own distance over the same data or the registered
 * home position; or as the one responsible for the county, where that is another than the nearest.
 */
export const officeBases = ['location', 'great-circle', 'home', 'district'] as const;

/**
 * Why an alert is with whom it is: with an office as above, with the ministry desk because there is no office, or with
 * nobody because the person did not authorise it.
 */
export const bases = [...officeBases, 'ministry', 'not-authorised'] as const;
export type Basis = (typeof bases)[number];

export const caseEventTypes = [
  'alert.escalated.v1',
  'alert.pressed-again.v1',
  'alert.silent.v1',
  'alert.unattended.v1',
  'alert.located.v1', // An office has it: the first, or another one. Not as the state: the person was found.
  'alert.hand-over-asked.v1',
  'alert.hand-over-unanswered.v1',
  'alert.hand-over-ended.v1',
  'alert.position-moved.v1',
  'alert.acknowledged.v1',
  'alert.lapsed.v1',
  'alert.state-changed.v1',
  'alert.noted.v1',
  'alert.representative-assigned.v1',
  'representative.waiting.v1',
  'representative.offered.v1',
  'representative.declined.v1',
  'representative.lapsed.v1',
  'representative.unanswered.v1',
  'representative.contact-shared.v1',
  'representative.contacted.v1',
  'representative.done.v1',
  'alert.family-unreachable.v1',
  'alert.cancelled.v1',
  'alert.cancelled-under-duress.v1',
  'alert.closed.v1',
  'alert.reopened.v1',
  'family.forced.v1',
  'family.seen.v1',
  'family.on-it.v1',
] as const;
export type CaseEventType = (typeof caseEventTypes)[number];

/** How a hand-over ended that nobody took. `unanswered`: the ministry, which had the case, has it as before. */
export const handOverEndings = ['taken-back', 'unreachable', 'unanswered'] as const;
export type HandOverEnding = (typeof handOverEndings)[number];

export const locationCauses = ['position', 'hand-over'] as const;

/**
 * What began a case of which the family hears where nobody pressed: a promised OK did not come, or a contact said that the
 * person was taken.
 */
export const familyOriginKinds = ['missed-check-in', 'said-taken'] as const;

/** What began a case of which no phone and no family hears: the duress PIN, on a check-in, a drill or any change. */
export const secretOriginKinds = ['duress-check-in', 'duress-drill', 'duress-change'] as const;

/** Where a duress PIN was typed beside presses and check-ins; `revoked-phone`: one that was revoked with it pressed;
 * `lost-phone`: one that was given up in a recovery did. */
export const forcedOccasions = [
  'contacts',
  'devices',
  'erase',
  'settings',
  'recover',
  'revoked-phone',
  'lost-phone',
] as const;
export type ForcedOccasion = (typeof forcedOccasions)[number];

/** What began a case where nobody pressed. */
export const originKinds = [...familyOriginKinds, ...secretOriginKinds] as const;
export type OriginKind = (typeof originKinds)[number];

export const actorKinds = ['person', 'officer', 'family', 'representative', 'system'] as const;

export const caseActions = [
  'acknowledge',
  'state',
  'note',
  'offer',
  'share-contact',
  'representative',
  'hand-over',
  'take-back',
  'close',
  'reopen',
] as const;
export type CaseAction = (typeof caseActions)[number];

export const trustedActions = ['taken', 'leave'] as const;
export const familyActions = ['seen', 'on-it'] as const;

/** Why the state of a case refuses an action. `busy`: others changed the case all the time. */
export const caseRefusals = [
  'action-not-allowed',
  'already-taken',
  'not-in-charge',
  'state-not-reachable',
  'already-in-charge',
  'already-handed-over',
  'no-hand-over',
  'receiver-has-acted',
  'nobody-to-ask',
  'already-asked',
  'busy',
] as const;
export type CaseRefusal = (typeof caseRefusals)[number];

/** `ok`: said in time. `ended`: the promise was taken back. `missed`: the alert has been raised. */
export const checkInStates = ['waiting', 'ok', 'ended', 'missed'] as const;
export type CheckInState = (typeof checkInStates)[number];

/** What a PIN makes of a check-in that waits. */
export const checkInAnswers = ['ok', 'ended'] as const satisfies readonly CheckInState[];
export type CheckInAnswerState = (typeof checkInAnswers)[number];

/** `waiting`: not asked yet, because the endpoint was added to as many families today as it may be. */
export const contactStatuses = ['pending', 'subscribed', 'opted-out', 'unsubscribed', 'waiting'] as const;
export type ContactStatus = (typeof contactStatuses)[number];

/** What the person should mend before they need it. */
export const familyWarningCodes = [
  'nobody-reachable',
  'opted-out',
  'unsubscribed',
  'not-confirmed',
  'confirmation-expired',
  'waiting',
  'refused',
  'second-pin-warns-nobody',
] as const;
export type FamilyWarningCode = (typeof familyWarningCodes)[number];

export const familyChanges = [
  'contact-added',
  'contact-changed',
  'contact-invited',
  'contact-joined',
  'contact-removed',
  'contact-restored',
  'contact-trusted',
  'device-added',
  'device-revoked',
  'device-replaced',
  'erased',
] as const;
export type FamilyChangeKind = (typeof familyChanges)[number];

/** The contacts hear nothing of the others. */
const quietChanges = ['contact-invited', 'contact-joined', 'contact-restored', 'contact-trusted'] as const;
export type ToldChange = Exclude<FamilyChangeKind, (typeof quietChanges)[number]>;

export const isToldChange = (change: FamilyChangeKind): change is ToldChange =>
  quietChanges.every((quiet) => quiet !== change);

export const familyRefusals = [
  'unknown-contact',
  'unknown-phone',
  'last-contact',
  'too-many-contacts',
  'endpoint-taken',
  'nothing-to-confirm',
  'invited-today',
  'too-many-devices',
] as const;
export type FamilyRefusal = (typeof familyRefusals)[number];

export const officeKinds = ['consulate-general', 'consulate', 'embassy-section'] as const;
export type OfficeKind = (typeof officeKinds)[number];

/** How exactly the place of an office is known; `city`: for ranking by distance, never for directions. */
export const officePrecisions = ['address', 'city'] as const;
export type OfficePrecision = (typeof officePrecisions)[number];

/**
 * What is wrong with a field of a request, for programs; people read the text beside it. From `no-letter` on they are
 * rules that a JSON Schema cannot state, or not wholly.
 */
export const fieldProblems = [
  'missing',
  'wrong-type',
  'wrong-format',
  'unknown-value',
  'too-short',
  'too-long',
  'too-small',
  'too-large',
  'no-letter',
  'too-many-digits',
  'no-country-code',
  'incomplete-phone',
  'premium-phone',
  'phone-extension',
  'other-country',
  'duplicate',
  'same-as-pin',
  'too-similar',
  'warns-nobody',
  'no-place',
  'swapped',
  'out-of-reach',
  'past',
  'too-far-ahead',
  'unreadable',
  'not-accepted',
  'stale',
  'used-before',
  'used-too-often',
  'unknown-office',
  'unknown-representative',
  'unknown-contact',
  'unknown-version',
] as const;
export type FieldProblem = (typeof fieldProblems)[number];
