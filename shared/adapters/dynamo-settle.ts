import * as v from 'valibot';
import { type Delivery, type DeliveryKey, deliveriesSchema, toFamily } from '../domain/case/deliveries.ts';
import type { EventRef } from '../domain/event-ref.ts';
import { contactKeys, isContactKey } from '../domain/family/family.ts';
import { readAs } from '../domain/shape.ts';
import type { FollowUpEvent } from '../telling/deliver.ts';
import { caseEventItem } from './dynamo-items.ts';
import { alertKey, eventKey } from './dynamo-keys.ts';
import type { Table } from './table.ts';
import type { Change, Condition } from './table-expressions.ts';
import { absent, appended, differs, either, every, is, present, unlessSet } from './table-expressions.ts';

const settledItem = v.object({ deliveries: deliveriesSchema });

export const whilePending = (destination: DeliveryKey): Condition => is(`deliveries.${destination}.status`, 'pending');

const isOpen = differs('state', 'closed');

/** What the alert's item gets in the transaction that puts a following event. */
const followingUp = (event: FollowUpEvent): Change => {
  if (event.type === 'alert.family-unreachable.v1') return { add: { revision: 1 }, if: isOpen };
  if (event.type === 'alert.hand-over-ended.v1') {
    return { remove: ['handOver'], add: { revision: 1 }, if: every(is('handOver.at', event.askedAt), isOpen) };
  }
  const { consulate, triedConsulates } = event;
  const from = triedConsulates.at(-1);
  return {
    set: {
      consulate,
      handedOver: false,
      firstOfficeId: consulate.id === 'ministry' ? undefined : unlessSet(consulate.id),
      // With the office that it leaves: that may not be on the list yet.
      toldConsulates: appended(triedConsulates, [...triedConsulates.slice(-1), consulate.id]),
    },
    add: { revision: 1 },
    // It goes on from where it was, and from there only, unless an officer there gives it to somebody.
    if: every(is('consulate.id', from), absent('handOver'), isOpen),
  };
};

const statusesOfOthers = (destination: DeliveryKey): readonly string[] =>
  contactKeys.filter((key) => key !== destination).map((key) => `deliveries.${key}.status`);

/** Whether another topic of the family got its message, or may still get it. */
const anotherMayHear = (destination: DeliveryKey): Condition =>
  either(...statusesOfOthers(destination).flatMap((status) => [is(status, 'sent'), is(status, 'pending')]));

/** Whether none did, or may. */
const noOtherMayHear = (destination: DeliveryKey): Condition =>
  every(...statusesOfOthers(destination).map((status) => either(absent(status), is(status, 'unreachable'))));

/** Writes both, if the case is as it was. @returns whether both were written */
const follow = async (
  table: Table,
  ref: EventRef,
  settling: Change & { readonly if: Condition },
  followUp: FollowUpEvent,
): Promise<boolean> => {
  const following = followingUp(followUp);
  const put = { put: caseEventItem(followUp), if: absent('pk') };
  // A transaction may name an item once: the alert's own delivery ends in the update that tells of what follows.
  const updates =
    ref.eventId === undefined
      ? [
          {
            update: eventKey(ref),
            ...following,
            set: { ...settling.set, ...following.set },
            if: every(settling.if, ...(following.if ? [following.if] : [])),
          },
        ]
      : [
          { update: eventKey(ref), ...settling },
          { update: alertKey(followUp.familyId, followUp.alertId), ...following },
        ];
  const outcome = await table.transact([...updates, put]);
  return outcome.kind === 'applied';
};

/**
 * Ends the delivery together with what follows from it. Two topics of a family may end unheard in one instant, and each
 * then takes the other for one that may still be heard: so the delivery ends alone only while that is true.
 * @returns whether nothing is left to do
 */
const settleAndFollow = async (
  table: Table,
  ref: EventRef,
  destination: DeliveryKey,
  settling: Change & { readonly if: Condition },
  followUp: FollowUpEvent,
): Promise<boolean> => {
  if (!isContactKey(destination)) return follow(table, ref, settling, followUp);
  const last = { ...settling, if: every(settling.if, noOtherMayHear(destination)) };
  if (await follow(table, ref, last, followUp)) return true;
  const notLast = { ...settling, if: every(settling.if, anotherMayHear(destination)) };
  return (await table.update(eventKey(ref), notLast)).kind === 'applied' || follow(table, ref, last, followUp);
};

/** Ends a delivery, see {@link DeliveryStore.settle}. */
export const settle = async (
  table: Table,
  ref: EventRef,
  destination: DeliveryKey,
  ended: Delivery,
  followUp: FollowUpEvent | undefined,
): Promise<void> => {
  const settling = { set: { [`deliveries.${destination}`]: ended }, if: whilePending(destination) };
  if (followUp && (await settleAndFollow(table, ref, destination, settling, followUp))) return;
  // The case is closed or has left that office meanwhile, or this followed before: then only the delivery ends.
  const { familyId, alertId, eventId } = ref;
  if (!isContactKey(destination) || alertId === undefined || eventId === undefined) {
    await table.update(eventKey(ref), settling);
    return;
  }
  const outcome = await table.updateAndRead(eventKey(ref), settling);
  if (outcome.kind === 'refused') return;
  const { status } = toFamily(readAs(settledItem, outcome.now).deliveries) ?? ended;
  if (status === 'pending') return;
  // For the messages to officers, which say whether the family hears of the case.
  await table.update(alertKey(familyId, alertId), { set: { lastToFamily: status }, if: present('pk') });
};
