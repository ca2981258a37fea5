import type { DeliveryStatus, DestinationKind } from '../vocabulary.ts';
import type { Delivery } from './deliveries.ts';
import { officeOf, toFamily } from './deliveries.ts';

/** How far the messages of a case to one destination are; `id` is the office's, once it is chosen. */
export type Destination = {
  readonly kind: DestinationKind;
  readonly id?: string;
  readonly status: DeliveryStatus;
  readonly at?: string;
};

/**
 * Which of the messages to one destination counts. `reached`: the first that went out, else the last; it answers
 * whether anybody there has heard of the case. `outstanding`: any that is still to go out, else the last; it answers
 * whether anything is left to do, and is for the operator.
 */
export type Counting = 'reached' | 'outstanding';

const settledBy = { reached: 'sent', outstanding: 'pending' } as const satisfies Record<Counting, DeliveryStatus>;

/** Which of a family's topics counts of one message. */
const countsFirst = {
  reached: ['sent', 'pending', 'unreachable'],
  outstanding: ['pending', 'sent', 'unreachable'],
} as const satisfies Record<Counting, readonly DeliveryStatus[]>;

type Told = { readonly deliveries: Readonly<Record<string, Delivery | undefined>> };
type Office = { readonly id: string };

/** What it takes of a case: the operator's commands read no more of one. Events are oldest first. */
export type ToldCase = {
  readonly alert: Told & { readonly raisedTo?: Office; readonly consulate?: Office };
  readonly events: readonly (Told & {
    readonly consulate?: Office;
    readonly previous?: string;
    readonly triedConsulates?: readonly string[];
  })[];
};

/**
 * The office that the press itself is brought to. Until that is recorded it is the one that was in charge before the
 * first change, else the one in charge; `undefined` while none is chosen.
 */
export const officeOfPress = ({ alert, events }: ToldCase): string | undefined => {
  const recorded = alert.deliveries['consulate']?.id ?? alert.raisedTo?.id;
  if (recorded !== undefined) return recorded;
  const firstChange = events.find(({ consulate }) => consulate !== undefined);
  const before = firstChange?.triedConsulates?.[0] ?? firstChange?.previous ?? alert.consulate?.id;
  return before === 'ministry' ? undefined : before;
};

const rank: Readonly<Record<DestinationKind, number>> = { family: 0, consulate: 1, ministry: 2 };

/**
 * What became of each destination of a case: the family, each office in the order in which it was told, the ministry.
 * An entry of an office without `id` is the office that is still to be chosen.
 */
export const destinationsOf = (found: ToldCase, counting: Counting): readonly Destination[] => {
  const byKey = new Map<string, Destination>();
  const add = (kind: DestinationKind, { status, at }: Delivery, id?: string): void => {
    // The ministry desk as owner gets the ministry's message, not an office's.
    if (id === 'ministry') return;
    const key = id ?? kind;
    if (byKey.get(key)?.status === settledBy[counting]) return;
    byKey.set(key, { kind, ...(id !== undefined && { id }), status, ...(at !== undefined && { at }) });
  };
  for (const { deliveries } of [found.alert, ...found.events]) {
    const family = toFamily(deliveries, countsFirst[counting]);
    if (family) add('family', family);
    for (const [key, delivery] of Object.entries(deliveries)) {
      if (!delivery) continue;
      if (key === 'ministry') add(key, delivery);
      else if (key === 'consulate') add('consulate', delivery, officeOfPress(found));
      else if (officeOf(key) !== undefined) add('consulate', delivery, officeOf(key));
    }
  }
  return [...byKey.values()].sort((one, other) => rank[one.kind] - rank[other.kind]);
};
