import * as v from 'valibot';
import { contactKeys, familyTopicKeys } from '../family/family.ts';
import type { ReadOnly } from '../read-only.ts';
import type { DeliveryStatus } from '../vocabulary.ts';
import { deliveryStatuses, destinationKinds } from '../vocabulary.ts';

/** How far the message of one event to one destination has come. */
export const deliverySchema = v.object({
  status: v.picklist(deliveryStatuses),
  /** ISO 8601 UTC of the last change of `status`. */
  at: v.exactOptional(v.string()),
  /** Id of the office, once the delivery to one has ended. */
  id: v.exactOptional(v.string()),
  /** `sent` by what the last check of the office had found: nobody was asked. */
  byCheck: v.exactOptional(v.literal(true)),
});
export type Delivery = ReadOnly<v.InferOutput<typeof deliverySchema>>;

/**
 * Names one delivery of an event: of a press, `consulate` is the office that is still to be chosen, and the nearest, where
 * another is responsible, is named, as later events name each office that they tell. `self`: the person's own phone, for the reminder of a check-in.
 */
export const deliveryKeySchema = v.union([
  v.picklist([...destinationKinds, ...familyTopicKeys]),
  v.custom<`consulate:${string}`>((key) => typeof key === 'string' && key.startsWith('consulate:')),
  v.custom<`representative:${string}`>((key) => typeof key === 'string' && key.startsWith('representative:')),
]);
export type DeliveryKey = v.InferOutput<typeof deliveryKeySchema>;

/** Deliveries of one event. A key that is absent is a destination that this event does not have. */
export const deliveriesSchema = v.record(deliveryKeySchema, deliverySchema);
export type Deliveries = ReadOnly<v.InferOutput<typeof deliveriesSchema>>;

/**
 * Of the deliveries to a family's contacts, one a topic, the one that counts for the family as a whole: the first with
 * this status, else the next. Whoever tells of an event first gives each topic its own; until then there is one.
 * @param order statuses, the one that counts most first: unless told, whether anybody heard
 */
export const toFamily = (
  deliveries: Readonly<Record<string, Delivery | undefined>>,
  order: readonly DeliveryStatus[] = ['sent', 'pending', 'unreachable'],
): Delivery | undefined => {
  const each = contactKeys.flatMap((key) => deliveries[key] ?? []);
  return order.flatMap((wanted) => each.find(({ status }) => status === wanted) ?? [])[0];
};

/** Whether somebody of the family is still to be told. */
export const isFamilyPending = (deliveries: Readonly<Record<string, Delivery | undefined>>): boolean =>
  toFamily(deliveries, ['pending'])?.status === 'pending';

/** Deliveries that are still to be made. */
export const pendingTo = (keys: readonly DeliveryKey[]): Deliveries =>
  Object.fromEntries(keys.map((key) => [key, { status: 'pending' as const }]));

/** Deliveries that whoever writes this takes upon itself, until `claimedUntil`, epoch milliseconds. */
export type Claims = {
  readonly keys: readonly DeliveryKey[];
  readonly claimedUntil: number;
  readonly claimedBy: string;
};

/** The keys of these offices, each once; of the ministry if it is among them. */
export const officeKeys = (officeIds: readonly string[]): readonly DeliveryKey[] => [
  ...new Set(officeIds.map((id) => (id === 'ministry' ? id : (`consulate:${id}` as const)))),
];

/** The keys of these offices and of the ministry, which hears nearly all that an office hears. */
export const authorityKeys = (officeIds: readonly string[]): readonly DeliveryKey[] =>
  officeKeys([...officeIds.filter((id) => id !== 'ministry'), 'ministry']);

/** Whether the person was forced, as their alert has it. */
type Forced = { readonly duress?: true };

/**
 * Of the person's own people, those who hear of a case: the family; once the person was forced the trusted contact alone,
 * as a captor may be reading with the others (G7). Whoever tells it finds whether there is one.
 */
export const relativesOf = ({ duress }: Forced): readonly DeliveryKey[] =>
  duress === true ? ['family:trusted'] : ['family'];

/** Whom an event is told that the family hears of too. */
export const audience = (alert: Forced, offices: readonly string[] = []): Deliveries =>
  pendingTo([...relativesOf(alert), ...authorityKeys(offices)]);

/** The office of a `consulate:<id>` delivery. */
export const officeOf = (key: string): string | undefined =>
  key.startsWith('consulate:') ? key.slice('consulate:'.length) : undefined;

/** Whether a delivery of a later event is to an office, or to the ministry. */
export const isOfficeKey = (key: string): key is 'ministry' | `consulate:${string}` =>
  key === 'ministry' || key.startsWith('consulate:');

/** The same of a press. */
export const isKeyOfPress = (key: string): key is 'consulate' | 'ministry' | `consulate:${string}` =>
  key === 'consulate' || isOfficeKey(key);

/** The other way than {@link officeKeys}: ids of the offices, and `ministry`, that deliveries name. */
export const officesIn = (deliveries: Deliveries): readonly string[] =>
  Object.keys(deliveries).flatMap((key) => officeOf(key) ?? (key === 'ministry' ? key : []));
