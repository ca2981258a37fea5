import { type RosterEntry, isStale } from '../../shared/domain/representatives/representative.ts';
import type { Outcome } from './command-line.ts';
import { findTopicPlace, representativeTopics } from './representative-topics.ts';
import { mask } from './subscription-report.ts';
import type { Subscription } from './subscriptions.ts';
import type { Aws } from './target.ts';
import { textTable } from './text-table.ts';

type Listed = {
  readonly entry: RosterEntry;
  /** `undefined`: there is no topic. */
  readonly subscriptions: readonly Subscription[] | undefined;
  readonly stale: boolean;
};

const hearsBy = ({ subscriptions }: Listed): readonly string[] =>
  (subscriptions ?? []).filter(({ confirmed }) => confirmed).map(({ protocol }) => protocol);

const endpointsOf = ({ entry: { representative } }: Listed, showEndpoints: boolean) => {
  const { phone, email } = representative;
  const shown = (protocol: string, endpoint: string): string =>
    showEndpoints ? endpoint : mask({ protocol, endpoint });
  return { phone: shown('sms', phone), email: email === undefined ? null : shown('email', email) };
};

const cellsOf = (listed: Listed, showEndpoints: boolean): string[] => {
  const { representative, load } = listed.entry;
  const { phone, email } = endpointsOf(listed, showEndpoints);
  return [
    representative.representativeId.slice(0, 8),
    representative.officeId,
    representative.name,
    representative.languages.join(';'),
    representative.matters.join(';'),
    `${load.openCases}/${representative.capacity}`,
    representative.hours ?? 'always',
    representative.state,
    hearsBy(listed).join(', ') || 'NOTHING',
    `${representative.confirmedAt.slice(0, 10)}${listed.stale ? ' STALE' : ''}`,
    [phone, email ?? ''].join(' ').trim(),
  ];
};

const jsonOf = (listed: Listed, showEndpoints: boolean) => {
  const { representative, load } = listed.entry;
  const { representativeId, officeId, name, firm = null, languages, matters, capacity } = representative;
  return {
    id: representativeId,
    office: officeId,
    name,
    firm,
    ...endpointsOf(listed, showEndpoints),
    languages,
    matters,
    capacity,
    openCases: load.openCases,
    lastOfferedAt: representative.lastOfferedAt ?? null,
    hours: representative.hours ?? null,
    state: representative.state,
    confirmedAt: representative.confirmedAt,
    stale: listed.stale,
    hearsBy: hearsBy(listed),
  };
};

const heads = [
  'ID',
  'OFFICE',
  'NAME',
  'LANGUAGES',
  'MATTERS',
  'CASES',
  'HOURS',
  'STATE',
  'HEARS BY',
  'CONFIRMED',
  'ENDPOINTS',
];

const sayings = (listed: readonly Listed[]): readonly string[] => {
  const deaf = listed.filter((one) => hearsBy(one).length === 0);
  const stale = listed.filter((one) => one.stale);
  return [
    ...(deaf.length === 0 ? [] : [`${deaf.length} of ${listed.length} hear nothing: nobody can ask them.`]),
    ...(stale.length === 0
      ? []
      : [
          `${stale.length} were confirmed over 30 days ago. Ask them, and run: npm run representatives -- confirm <id>`,
        ]),
  ];
};

/** Who is on the rosters, what they have to do, and by what a message reaches them. */
export const listRoster = async (
  aws: Aws,
  entries: readonly RosterEntry[],
  { showEndpoints }: { readonly showEndpoints: boolean },
): Promise<Outcome> => {
  if (entries.length === 0) {
    return {
      exitCode: 0,
      text: 'Nobody is on a roster. Add people: npm run representatives -- import <file.csv>',
      json: [],
    };
  }
  const topics = representativeTopics(aws, await findTopicPlace(aws));
  const listed: Listed[] = [];
  for (const entry of entries) {
    const { representative } = entry;
    const subscriptions = await topics.subscriptions(representative);
    listed.push({ entry, subscriptions, stale: isStale(representative, aws.now) });
  }
  const wanting = sayings(listed);
  return {
    exitCode: wanting.length === 0 ? 0 : 1,
    text: [textTable([heads, ...listed.map((one) => cellsOf(one, showEndpoints))]), ...wanting].join('\n'),
    json: listed.map((one) => jsonOf(one, showEndpoints)),
  };
};
