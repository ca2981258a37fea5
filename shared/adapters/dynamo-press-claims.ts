import { alertSchema } from '../domain/case/alert.ts';
import type { Claims, Delivery, DeliveryKey } from '../domain/case/deliveries.ts';
import type { EventRef } from '../domain/event-ref.ts';
import { readAs } from '../domain/shape.ts';
import type { OfficesOfPress, PressDeliveryStore } from '../telling/deliver.ts';
import { eventKey } from './dynamo-keys.ts';
import { whilePending } from './dynamo-settle.ts';
import type { Table } from './table.ts';
import { type Condition, absent, either, every, is } from './table-expressions.ts';

type Lease = Omit<Claims, 'keys'>;

/** What a press keeps of the offices that it is brought to, as if each had been recorded by itself. */
const recorded = ({ chosen, twoOffices }: OfficesOfPress, lease: Lease) => ({
  raisedTo: chosen,
  consulate: chosen,
  twoOffices,
  toldConsulates: [...(twoOffices ? [twoOffices.nearest.id] : []), chosen.id],
  ...(twoOffices && { [`deliveries.consulate:${twoOffices.nearest.id}`]: { status: 'pending', ...lease } }),
});

/** Takes everything that officers are to be told of a press, see {@link PressDeliveryStore.claimPress}. */
const claimPress = async (
  table: Table,
  ref: EventRef,
  offices: OfficesOfPress,
  lease: Lease,
): ReturnType<PressDeliveryStore['claimPress']> => {
  const isUntouched = (key: DeliveryKey): Condition =>
    every(whilePending(key), absent(`deliveries.${key}.claimedUntil`), absent(`deliveries.${key}.acceptedAt`));
  const outcome = await table.updateAndRead(eventKey(ref), {
    set: {
      ...recorded(offices, lease),
      ...Object.fromEntries(
        (['ministry', 'consulate'] as const).flatMap((key) =>
          Object.entries(lease).map(([name, value]) => [`deliveries.${key}.${name}`, value]),
        ),
      ),
    },
    if: either(
      every(
        isUntouched('ministry'),
        isUntouched('consulate'),
        // After a forced cancellation another office may have been told before this one.
        ...['raisedTo', 'consulate', 'toldConsulates'].map(absent),
      ),
      // The SDK's retry of a claim whose answer was lost.
      is('deliveries.ministry.claimedBy', lease.claimedBy),
    ),
  });
  return outcome.kind === 'applied' ? readAs(alertSchema, outcome.now) : undefined;
};

/** Another office than was recorded, see {@link PressDeliveryStore.changeOffices}. */
const changeOffices = async (
  table: Table,
  ref: EventRef,
  from: OfficesOfPress & { readonly revision?: number },
  to: OfficesOfPress,
  lease: Lease,
): Promise<boolean> => {
  const former = from.twoOffices?.nearest.id;
  const nearest = to.twoOffices?.nearest.id;
  const outcome = await table.update(eventKey(ref), {
    set: recorded(to, lease),
    remove: [
      ...(to.twoOffices ? [] : ['twoOffices']),
      ...(former === undefined || former === nearest ? [] : [`deliveries.consulate:${former}`]),
    ],
    // Whatever somebody did meanwhile was told to the offices that were recorded.
    if: every(whilePending('consulate'), is('raisedTo.id', from.chosen.id), is('revision', from.revision)),
  });
  return outcome.kind === 'applied';
};

/** Ends several deliveries of a press in one write, see {@link PressDeliveryStore.settlePress}. */
const settlePress = async (
  table: Table,
  ref: EventRef,
  ended: ReadonlyMap<DeliveryKey, Delivery>,
  offices: OfficesOfPress | undefined,
): ReturnType<PressDeliveryStore['settlePress']> => {
  const outcome = await table.updateAndRead(eventKey(ref), {
    set: {
      ...Object.fromEntries([...ended].map(([key, delivery]) => [`deliveries.${key}`, delivery])),
      ...(offices && { raisedTo: offices.chosen, consulate: offices.chosen, twoOffices: offices.twoOffices }),
    },
    if: every(
      ...[...ended.keys()].map(whilePending),
      ...(offices ? [is('raisedTo.id', offices.chosen.id), is('consulate.id', offices.chosen.id)] : []),
    ),
  });
  return outcome.kind === 'applied' ? readAs(alertSchema, outcome.now) : undefined;
};

/** What tells officers of a press in few writes. @param newClaimId as the store of deliveries has it */
export const pressDeliveries = (
  table: Table,
  newClaimId: () => string,
): Pick<PressDeliveryStore, 'claimPress' | 'changeOffices' | 'settlePress' | 'doubt'> => {
  const leaseOf = ({ now, leaseMs }: { readonly now: Date; readonly leaseMs: number }): Lease => ({
    claimedUntil: now.getTime() + leaseMs,
    claimedBy: newClaimId(),
  });
  return {
    claimPress: async (ref, offices, options) => claimPress(table, ref, offices, leaseOf(options)),
    changeOffices: async (ref, from, to, options) => changeOffices(table, ref, from, to, leaseOf(options)),
    doubt: async (ref, destination, at) => {
      const delivery = `deliveries.${destination}`;
      const outcome = await table.update(eventKey(ref), {
        set: { [delivery]: { status: 'pending', acceptedAt: at.toISOString() } },
        if: is(`${delivery}.byCheck`, true),
      });
      return outcome.kind === 'applied';
    },
    settlePress: async (ref, ended, offices) => settlePress(table, ref, ended, offices),
  };
};
