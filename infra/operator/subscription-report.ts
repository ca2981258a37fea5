import type { SubscribedOffice, Subscription } from './subscriptions.ts';
import { textTable } from './text-table.ts';

/** Enough to recognise an endpoint, too little to use it: `d…@sre.gob.mx`, `+1…0199`. */
export const mask = ({ protocol, endpoint }: Pick<Subscription, 'protocol' | 'endpoint'>): string => {
  if (protocol.startsWith('email')) return endpoint.replace(/^(.).*@/, '$1…@');
  if (protocol === 'sms') return `${endpoint.slice(0, 2)}…${endpoint.slice(-4)}`;
  if (protocol.startsWith('http')) return URL.canParse(endpoint) ? `${new URL(endpoint).origin}/…` : '…';
  return `…:${endpoint.split(':').at(-1)}`;
};

/** The offices that alerts go to and that nobody would hear. */
export const unheard = (rows: readonly SubscribedOffice[]): SubscribedOffice[] =>
  rows.filter(({ office, subscriptions }) => office.required && !subscriptions?.some(({ confirmed }) => confirmed));

/** `email 2, sms 1`; empty when there is none. */
export const perProtocol = (subscriptions: readonly Subscription[]): string =>
  Object.entries(Object.groupBy(subscriptions, ({ protocol }) => protocol))
    .map(([protocol, group]) => `${protocol} ${group?.length ?? 0}`)
    .join(', ');

type Options = { readonly showEndpoints: boolean };

const cellsOf = ({ office, subscriptions }: SubscribedOffice, { showEndpoints }: Options): string[] => {
  const all = subscriptions ?? [];
  const pending = perProtocol(all.filter(({ confirmed }) => !confirmed));
  return [
    office.id,
    office.required ? office.name : `${office.name} (closed)`,
    subscriptions
      ? perProtocol(all.filter(({ confirmed }) => confirmed)) || (office.required ? 'NOBODY' : '-')
      : 'NO TOPIC',
    pending || '-',
    all.map((subscription) => (showEndpoints ? subscription.endpoint : mask(subscription))).join(' ') || '-',
  ];
};

/** The table that `list` prints, and below it what is missing. */
export const asTable = (rows: readonly SubscribedOffice[], options: Options): string => {
  const missing = unheard(rows).map(({ office }) => office.id);
  return [
    textTable([['OFFICE', 'NAME', 'CONFIRMED', 'PENDING', 'ENDPOINTS'], ...rows.map((row) => cellsOf(row, options))]),
    '',
    missing.length === 0
      ? 'Every open office and the ministry have somebody confirmed.'
      : `Nobody is confirmed at ${missing.length} of ${rows.filter(({ office }) => office.required).length}: ${missing.join(', ')}`,
  ].join('\n');
};

/** The same for programs. */
export const asJson = (rows: readonly SubscribedOffice[], { showEndpoints }: Options): unknown =>
  rows.map(({ office, subscriptions }) => ({
    id: office.id,
    name: office.name,
    required: office.required,
    topic: subscriptions ? office.topic : null,
    subscriptions: (subscriptions ?? []).map((subscription) => ({
      protocol: subscription.protocol,
      endpoint: showEndpoints ? subscription.endpoint : mask(subscription),
      status: subscription.confirmed ? 'confirmed' : 'pending',
    })),
  }));
