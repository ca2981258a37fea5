/**
 * Limits and times that people notice, in one place; but for what an operator may set: `escalationMinutes`,
 * `attentionMinutes` and `retentionDays` in infra/config.ts.
 */

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;

/** A longer note is cut, in code points. */
export const maximumNoteLength = 500;

/** A `pressedAt` older than this says more about the phone's clock than about the press. */
export const maximumPressAgeMs = 30 * dayMs;

export const maximumClockSkewMs = 5 * minuteMs;

/** The watchman leaves alone what is younger: the stream is the fast path. */
export const watchAfterMs = minuteMs;

export const longestRetryMs = 15 * minuteMs;

/** After so much silence an office that was told is told again, and from the last of these on as often as the next says. */
export const tellAgainAfterMs = [5, 15, 30, 60].map((minutes) => minutes * minuteMs);
export const tellAgainEveryMs = 2 * hourMs;

export const tellAgainDailyAfterMs = 7 * dayMs;

/** So long after the press the family hears that nobody has taken the case, and then each morning for a week. */
export const tellFamilyAgainAfterMs = [2, 12].map((hours) => hours * hourMs);
export const familyMorningHour = 9;
export const tellFamilyUntilMs = 7 * dayMs;

/** Of a case that no office may know of the family hears again so long after the press, and then it closes by itself. */
export const tellAloneAfterMs = [dayMs, 3 * dayMs];
export const aloneUntilMs = 7 * dayMs;

export const seenLapsesAfterMs = 30 * minuteMs;

/** After so long without a person at the receiver the ministry hears of a hand-over, and then owns the case. */
export const handOverMinistryAfterMs = 15 * minuteMs;
export const handOverOwnedAfterMs = 30 * minuteMs;

/** A representative who does not answer for so long is asked still, and the next one as well. */
export const offerLapsesAfterMs = 15 * minuteMs;

/** After so many who did not answer the officer is to phone. */
export const mostOffersLapsed = 3;

/** A case that looks for a representative for longer is one that somebody has to see to. */
export const representativeLateMs = 4 * hourMs;

/** How long a representative opens a case after it was closed. */
export const representativeAccessMs = 30 * dayMs;

export const claimLeaseMs = 30_000;

/**
 * SNS suspends a mailbox that gets over 10 mails in a second. In each window of time a topic gets so many mails of their
 * own, one more for a person who is forced, and so many digests: at the turn of two windows all that is 10.
 */
export const mailWindowMs = 10_000;
export const mailsAWindow = 2;
export const urgentMailsAWindow = 1;
export const digestsAWindow = 2;

/** So many cases a digest names at most: far below what SNS takes, and already more than anybody reads at night. */
export const casesADigest = 300;

export const digestLateMs = 3 * minuteMs;

/** Officers are told of a phone that is farther than this from where they were last told. */
export const movedMeters = 1000;

export const movedEveryMs = 10 * minuteMs;

/** More than a day on the road. The page shows the track all the same. */
export const mostMovesTold = 200;

/** A track keeps one position in so long; what was measured so long before the press is a former way, of which one a day stays. */
export const trackSlotMs = 10_000;
export const trackBeforePressMs = 1 * dayMs;

export const joinsForMs = 6 * hourMs;

/** So many presses join one case; the next begins another. The case keeps their ids, and changes with all of them at once. */
export const mostPressesJoined = 50;

export const pressedAgainEveryMs = 10 * minuteMs;

/**
 * Of so many cases a day of UTC a family hears in full, and so often that the person pressed again; then of one case in so
 * long. The trusted contact gets so many messages a day, then one in as long.
 */
export const casesToldPerDay = 10;
export const pressedAgainToldPerDay = 24;
export const toldToTrustedPerDay = 20;
export const casesInTurnEveryMs = 30 * minuteMs;

/** Presses of several people are one incident if they are so near each other, in place and time. */
export const incidentMeters = 2000;
export const incidentMs = 30 * minuteMs;

export const incidentPlaceMs = hourMs;

export const incidentRetentionMs = 30 * dayMs;

/** A press tells so many earlier ones that they are not alone any more; mostly it is one. */
export const mostOfIncidentRecorded = 3;

/**
 * Twice so long whoever tells officers of a press leaves it to whoever tells the family to decide which case it belongs to:
 * both begin in the same moment, and two transactions on one press cost several tries. The office waits for Location anyway.
 */
export const otherDecidesMs = 25;
/** So long the message about a press waits for whether it is one of an incident; the search for an office runs meanwhile. */
export const incidentWaitMs = 500;

export const alertRetentionMs = 180 * dayMs;

export const registrationReplayMs = 10 * minuteMs;

export const challengeMs = 10 * minuteMs;

/** Which one phone or mailbox joins in a day of UTC. */
export const familiesPerDay = 5;

/** In a day of UTC: each is a message to all contacts. */
export const changesPerDay = { contacts: 20, devices: 20, recoveries: 5 } as const;

export const checkInsPerDay = 20;

export const secondsToMidnight = (now: Date): number => Math.ceil((dayMs - (now.getTime() % dayMs)) / 1000);

export const drillsPerDay = 3;
export const drillsPerMonth = 6;

/** An office is to have taken a drill within so long; its drills are kept for longer. */
export const officeDrillEveryMs = 45 * dayMs;
export const officeDrillKeptMs = 60 * dayMs;

export const drillEndsAfterMs = hourMs;

/** How long a month's count of drills is kept from its last drill on: longer than the month. */
export const drillCountRetentionMs = 35 * dayMs;

export const familyEventRetentionMs = 30 * dayMs;

export const additionRetentionMs = 7 * dayMs;

/** How long the trace of a revoked phone's press stays, which holds nothing. */
export const unheardRetentionMs = 1 * dayMs;

export const checkInReminderMs = 15 * minuteMs;

/** An OK that was said in time may arrive so long after the promised time: phones lose their network. */
export const lateOkMs = 15 * minuteMs;

export const maximumCheckInMs = 400 * dayMs;

export const maximumWaitingCheckIns = 20;

/** So often may relatives answer on one case: it is read whole, and a flood would bury what officers have to see. */
export const mostFamilyAnswers = 200;

/** A family's subscriptions are first looked at so long after registration: a mailbox has had time to confirm. */
export const firstReachCheckMs = 15 * minuteMs;

export const reachCheckMs = 1 * dayMs;

export const officeCheckMs = 15 * minuteMs;

/** A round of the watchman may be busy: a check that is late by no more still counts. */
export const officeCheckLateMs = 2 * minuteMs;

/**
 * So long after an office was told of a press, the watchman asks SNS whether somebody is there. Afterwards silence has it
 * told again, with a question of its own.
 */
export const askedAgainMs = 5 * minuteMs;

/**
 * How long an office waits for Amazon Location. Our own distance over the same data names the same office in nearly all
 * cases, so that nobody waits longer for a better answer.
 */
export const locationBudgetMs = 300;
