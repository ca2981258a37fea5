import { type AlarmName, type MetricName, metricNames } from '../../shared/names.ts';

/** Why a metric of our own has no alarm. */
export const metricsWithoutAlarm = {
  [metricNames.secondsUntilTold]:
    'A number for the dashboard. What is told late, or not at all, rings untold; the canary measures while nobody presses.',
  [metricNames.locationFallbacks]:
    'Nobody hears later or less: the great circle chooses from the same data. The dashboard shows how often.',
  [metricNames.locationDisagreements]:
    'Nobody hears later: the office that Amazon Location names is told. The metric shows whether its circles still fit our data.',
  [metricNames.secondsToAcknowledgement]:
    'A number for reports. While an alert waits, unacknowledged-alerts rings; this is known only afterwards.',
  [metricNames.secondsToRepresentative]: 'A number for reports, known only after the representative was named.',
} as const satisfies Partial<Record<MetricName, string>>;

type MetricAlarm = {
  readonly id: AlarmName;
  /** Length of a period. */
  readonly minutes: number;
  /** @default 'Sum' */
  readonly statistic?: 'Sum' | 'Maximum';
  /** The alarm rings from this value on. */
  readonly threshold: number;
  /** In so many periods of the last so many. @default one of one */
  readonly periods?: { readonly breaching: number; readonly of: number };
  /** As in `AlarmProps`. */
  readonly endsUnseen?: boolean;
  /** The cause, in one sentence. */
  readonly what: string;
  /** The harm to people. */
  readonly impact: string;
};

/** Where nobody needs a code, nobody mistypes one. */
type WatchedMetric = Exclude<MetricName, keyof typeof metricsWithoutAlarm | typeof metricNames.wrongRegistrationCodes>;

/** The alarms on metrics of our own. A metric that is neither here nor below nor above does not compile. */
export const metricAlarms: Readonly<Record<WatchedMetric, MetricAlarm>> = {
  [metricNames.unreachableDestinations]: {
    id: 'unreachable-destinations',
    minutes: 1,
    threshold: 1,
    endsUnseen: true,
    what: 'A message reached nobody, an office lost its last subscriber, a second PIN may be heard by nobody, or nobody could tell which office is responsible. The log line says which (reason).',
    impact: 'A family, an office or the ministry did not hear of an alert, or will not hear of the next.',
  },
  // The watchman tries again after 1, 2, 4 minutes: what fails each time rings after four.
  [metricNames.oldestUntoldSeconds]: {
    id: 'untold',
    minutes: 1,
    statistic: 'Maximum',
    threshold: 60,
    periods: { breaching: 3, of: 5 },
    what: 'Three times in five minutes the watchman found what the stream had not told for over a minute, or a digest waits for over three.',
    impact: 'Families or offices hear of alerts minutes late, or not until SNS takes the message again.',
  },
  // Counts each time that the ministry hears that nobody has the case. What comes in the first minutes is one alarm;
  // what comes hours later rings anew.
  [metricNames.unacknowledgedAlerts]: {
    id: 'unacknowledged-alerts',
    minutes: 20,
    threshold: 1,
    endsUnseen: true,
    what: 'No officer has acknowledged an alert; two offices and the ministry were told.',
    impact:
      'Somebody asked for help and no human has taken the case. While that lasts this rings again after about an hour, then every two hours, after a week each day.',
  },
  // A case counts once, when it has waited for 4 hours.
  [metricNames.casesWithoutRepresentative]: {
    id: 'cases-without-representative',
    minutes: 60,
    threshold: 1,
    endsUnseen: true,
    what: 'A case has looked for a legal representative for 4 hours, and nobody of the rosters has taken it.',
    impact: 'A detained person has no lawyer. The office in charge and the ministry were told to phone one.',
  },
  [metricNames.familiesUnheard]: {
    id: 'families-unheard',
    minutes: 60,
    threshold: 5,
    endsUnseen: true,
    what: 'Within an hour several families were found whom no message reaches any more, whose phones SNS would not say STOP or not of, or whose contacts it would not subscribe. The log line says which (reason).',
    impact: 'Relatives will not hear of an alert. Offices, the ministry and the other contacts will.',
  },
};

/** Where the operator gave out a code. A workshop mistypes some; nobody guesses with fewer. */
export const wrongCodesAlarm: MetricAlarm = {
  id: 'wrong-registration-codes',
  minutes: 15,
  threshold: 20,
  what: 'Somebody tries to register with wrong registration codes, again and again.',
  impact: 'Whoever finds the code can have SMS and mails sent to strangers, at your cost.',
};
