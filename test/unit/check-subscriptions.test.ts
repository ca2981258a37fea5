import { describe, expect, it } from 'vitest';
import type { FamilyReach, Subscription } from '../../shared/domain/family/reach.ts';
import { checkFamily } from '../../shared/telling/check-families.ts';
import type { Family } from '../../shared/domain/family/family.ts';
import { aFamily, anAccount } from '../support/fixtures.ts';

const now = new Date('2026-11-22T20:00:00.000Z');
const check = { familyId: aFamily().familyId, dueAtMs: now.getTime() - 5 };
const [phone, mailbox] = aFamily().contacts.map(({ endpoint }) => endpoint);
const minutes = 60_000;
const both = [
  { key: 'family' as const, endpoint: phone!, confirmed: true },
  { key: 'family' as const, endpoint: mailbox!, confirmed: true },
];

const run = async (facts: {
  family?: Family | undefined;
  subscriptions?: readonly Subscription[] | undefined;
  former?: FamilyReach;
  optedOut?: boolean | undefined;
  isMoved?: boolean;
}) => {
  const ended: { nextMs: number | undefined; found: FamilyReach | undefined }[] = [];
  const asked: string[] = [];
  const outcome = await checkFamily(
    {
      reaches: {
        due: async () => [check],
        get: async () => facts.former,
        hasten: async () => undefined,
        end: async (_check, nextMs, found) => {
          ended.push({ nextMs, found });
          return facts.isMoved !== true;
        },
      },
      accounts: {
        get: async () => {
          const family = 'family' in facts ? facts.family : aFamily();
          return family && anAccount({ family, shownContacts: family.contacts });
        },
      },
      waiting: { join: async () => 'limited' },
      newId: () => 'id',
      subscriptions: {
        refused: () => [],
        list: async () => ('subscriptions' in facts ? facts.subscriptions : both),
        isOptedOut: async (endpoint) => {
          asked.push(endpoint);
          return 'optedOut' in facts ? facts.optedOut : false;
        },
      },
      joinRefused: async (family) => family,
      subscribeAgain: async () => undefined,
      now: () => now,
    },
    check,
  );
  return { outcome, ended, asked };
};
const reachOf = (statuses: Record<string, FamilyReach['contacts'][string]>, reachable: number): FamilyReach => ({
  contacts: statuses,
  reachable,
  checkedAt: '2026-11-21T20:00:00.000Z',
});

describe('the check of a family', () => {
  it('remembers who is subscribed and comes back the next day', async () => {
    const { outcome, ended, asked } = await run({});
    expect(outcome).toEqual({ kind: 'checked', reachable: 2, lost: false, unknownOptOuts: 0, refused: 0 });
    const subscribed = { status: 'subscribed', confirmed: true };
    expect(ended).toEqual([
      {
        nextMs: now.getTime() + 24 * 60 * minutes,
        found: { contacts: { c1: subscribed, c2: subscribed }, reachable: 2, checkedAt: now.toISOString() },
      },
    ]);
    // A mailbox cannot opt out by STOP.
    expect(asked).toEqual([phone]);
  });

  it('finds phones that answered STOP, which SNS still calls subscribed, and those that came back', async () => {
    const { ended, outcome } = await run({ optedOut: true });
    expect(ended[0]?.found?.contacts['c1']).toEqual({ status: 'opted-out', confirmed: true });
    expect(outcome).toMatchObject({ reachable: 1 });
    const back = await run({ former: ended[0]!.found! });
    expect(back.ended[0]?.found?.contacts['c1']).toEqual({ status: 'subscribed', confirmed: true });
  });

  it('knows a mailbox that left from one that never came, whose confirmation SNS has forgotten', async () => {
    const subscriptions = [both[0]!];
    const never = await run({ subscriptions });
    expect(never.ended[0]?.found?.contacts['c2']).toEqual({ status: 'pending' });
    const left = await run({
      subscriptions,
      former: reachOf({ c2: { status: 'subscribed', confirmed: true } }, 1),
    });
    expect(left.ended[0]?.found?.contacts['c2']).toEqual({ status: 'unsubscribed', confirmed: true });
  });

  it('knows a mailbox that left before the first check: SNS has not had the two days to forget it', async () => {
    const subscriptions = [both[0]!];
    const family = aFamily({ registeredAt: '2026-11-22T19:45:00.000Z' });
    const first = await run({ subscriptions, family });
    expect(first.ended[0]?.found?.contacts['c2']).toEqual({ status: 'unsubscribed' });
    const daysLater = await run({ subscriptions, former: first.ended[0]!.found! });
    expect(daysLater.ended[0]?.found?.contacts['c2']).toEqual({ status: 'unsubscribed' });
    const askedAgain = await run({
      subscriptions: [...subscriptions, { key: 'family' as const, endpoint: mailbox!, confirmed: false }],
      former: first.ended[0]!.found!,
    });
    expect(askedAgain.ended[0]?.found?.contacts['c2']).toEqual({ status: 'pending' });
  });

  it('says when nobody is left whom a message would reach, once', async () => {
    const former = reachOf({ c1: { status: 'subscribed', confirmed: true } }, 1);
    const lost = await run({ subscriptions: [], former });
    expect(lost.outcome).toEqual({ kind: 'checked', reachable: 0, lost: true, unknownOptOuts: 0, refused: 0 });
    const again = await run({ subscriptions: [], former: lost.ended[0]!.found! });
    expect(again.outcome).toEqual({ kind: 'checked', reachable: 0, lost: false, unknownOptOuts: 0, refused: 0 });
    const raced = await run({ subscriptions: [], former, isMoved: true });
    expect(raced.outcome).toEqual({ kind: 'left' });
  });

  it('keeps what it knew and looks again soon while SNS does not say, or there is no topic yet', async () => {
    const { topics: _topics, ...withoutTopic } = aFamily();
    for (const facts of [{ subscriptions: undefined }, { family: withoutTopic }]) {
      const { outcome, ended } = await run(facts);
      expect(outcome).toEqual({ kind: 'left' });
      expect(ended).toEqual([{ nextMs: now.getTime() + 15 * minutes, found: undefined }]);
    }
  });

  it('goes by what it knew of a phone while SNS refuses to say whether it answered STOP, and says so', async () => {
    for (const status of ['subscribed', 'opted-out'] as const) {
      const former = reachOf({ c1: { status, confirmed: true } }, 1);
      const { outcome, ended } = await run({ optedOut: undefined, former });
      expect(outcome).toMatchObject({ kind: 'checked', unknownOptOuts: 1 });
      expect(ended[0]).toMatchObject({
        nextMs: now.getTime() + 24 * 60 * minutes,
        found: { contacts: { c1: { status }, c2: { status: 'subscribed' } } },
      });
    }
  });

  it('ends with a family that is gone', async () => {
    expect((await run({ family: undefined })).ended).toEqual([{ nextMs: undefined, found: undefined }]);
  });
});
