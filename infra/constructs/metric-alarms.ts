import type { MetricName } from '../../shared/names.ts';
import { metricNames } from '../../shared/names.ts';

/** Why a metric of our own has no alarm. */
export const metricsWithoutAlarm = {
  [metricNames.locationDisagreements]:
    'Nobody hears later: the office that Amazon Location names is told. The metric shows whether its circles still fit our data.',
  [metricNames.secondsToAcknowledgement]:
    'A number for reports. While an alert waits, unacknowledged-alerts rings; this is known only afterwards.',
  [metricNames.secondsToRepresentative]: 'A number for reports, known only after the representative was named.',
} as const satisfies Partial<Record<MetricName, string>>;

type MetricAlarm = {
  /** Id of the alarm, and its heading in docs/runbook.md. */
  readonly id: string;
  /** Length of the window. */
  readonly minutes: number;
  /** @default 'Sum' */
  readonly statistic?: 'Sum' | 'Maximum';
  /** The alarm rings from this value on. */
  readonly threshold: number;
  /** The cause, in one sentence. */
  readonly what: string;
  /** The harm to people. */
  readonly impact: string;
};

/** The canary's metric has its alarm beside it, in canary.ts: where there is none, none rings. */
type WatchedMetric = Exclude<MetricName, keyof typeof metricsWithoutAlarm | typeof metricNames.canarySeconds>;

/** The alarms on metrics of our own. A metric that is neither here nor above does not compile. */
export const metricAlarms: Readonly<Record<WatchedMetric, MetricAlarm>> = {
  [metricNames.unreachableDestinations]: {
    id: 'unreachable-destinations',
    minutes: 1,
    threshold: 1,
    what: 'A message could not be delivered: nobody is subscribed, or SNS refused it for good.',
    impact: 'A family, an office or the ministry did not hear of an alert.',
  },
  [metricNames.signalsUnheard]: {
    id: 'signals-unheard',
    minutes: 1,
    threshold: 1,
    what: 'Somebody typed their second PIN, and by the last check nobody may hear of it: no office, the ministry included, and no trusted contact.',
    impact: 'A person who is forced has signalled it to nobody.',
  },
  [metricNames.lateDigests]: {
    id: 'late-digests',
    minutes: 5,
    threshold: 1,
    what: 'Mailboxes and duty phones of an office, or of the ministry, wait for a digest for over 3 minutes.',
    impact: 'Officers read of alerts late. Their systems, and families, are told all the same.',
  },
  // Longer than the 15 minutes between two repetitions, so the alarm lasts until an officer has the case.
  [metricNames.unacknowledgedAlerts]: {
    id: 'unacknowledged-alerts',
    minutes: 20,
    threshold: 1,
    what: 'No officer has acknowledged an alert; two offices and the ministry were told.',
    impact: 'Somebody asked for help and no human has taken the case. The ministry is told again every 15 minutes.',
  },
  // A case counts once, when it has waited for 4 hours.
  [metricNames.casesWithoutRepresentative]: {
    id: 'cases-without-representative',
    minutes: 60,
    threshold: 1,
    what: 'A case has looked for a legal representative for 4 hours, and nobody of the rosters has taken it.',
    impact: 'A detained person has no lawyer. The office in charge and the ministry were told to phone one.',
  },
  // Two checks a window: a late check must not end the alarm.
  [metricNames.officesWithoutSubscribers]: {
    id: 'offices-without-subscribers',
    minutes: 30,
    statistic: 'Maximum',
    threshold: 1,
    what: 'At an open office or the ministry nobody has confirmed a subscription.',
    impact: 'Alerts near that office go to the next one, minutes away from where the person is.',
  },
  // The alarm above rings until every office has somebody. This one also tells of each office that is lost meanwhile.
  [metricNames.officesThatLostSubscribers]: {
    id: 'office-lost-subscribers',
    minutes: 15,
    threshold: 1,
    what: 'An office or the ministry that heard of alerts does not any more: its last subscriber is gone.',
    impact:
      'Alerts near that office go to the next one; without the ministry nobody has the cases that no office takes.',
  },
  [metricNames.familiesThatLostSubscribers]: {
    id: 'families-lost-subscribers',
    minutes: 60,
    threshold: 5,
    what: 'Within an hour several families were found whom messages reached the day before, and none does now.',
    impact: 'Their alerts reach an office and the ministry, and nobody of the family.',
  },
  [metricNames.unknownOptOuts]: {
    id: 'unknown-opt-outs',
    minutes: 60,
    threshold: 5,
    what: 'SNS would not say, for several families within an hour, whether a phone answered STOP.',
    impact: 'A relative who once answered STOP counts as somebody who hears, and nobody asks them to come back.',
  },
  [metricNames.refusedContacts]: {
    id: 'refused-contacts',
    minutes: 60,
    threshold: 5,
    what: 'SNS would not subscribe contacts of several families within an hour, and refused again when asked once more.',
    impact: 'These relatives hear nothing until they can join; the others of their families hear.',
  },
  // A workshop mistypes some; nobody guesses with fewer.
  [metricNames.wrongRegistrationCodes]: {
    id: 'wrong-registration-codes',
    minutes: 15,
    threshold: 20,
    what: 'Somebody tries to register with wrong registration codes, again and again.',
    impact: 'Whoever finds the code can have SMS and mails sent to strangers, at your cost.',
  },
  [metricNames.locationFallbacks]: {
    id: 'location-fallbacks',
    minutes: 15,
    threshold: 3,
    what: 'Amazon Location did not answer in time; the great circle chose the office.',
    impact: 'None for people: the office is the same in nearly all cases.',
  },
  [metricNames.districtFailures]: {
    id: 'district-failures',
    minutes: 15,
    threshold: 1,
    what: 'The districts could not tell which office is responsible for a place.',
    impact: 'The nearest office has the alert alone. Where another is responsible, that one has not heard of it.',
  },
};
