import { SubscriptionLimitExceededException } from '@aws-sdk/client-sns';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { type World, createWelcomedWorld, createWorld } from '../support/world.ts';

/* One endpoint that SNS refuses, for whatever reason, and the other people of that family. */

const contacts = [
  { name: 'José', channel: 'sms', endpoint: '+12135550101' },
  { name: 'Rosa', channel: 'sms', endpoint: '+12135550102' },
  { name: 'Lupe', channel: 'email', endpoint: 'lupe@family.example' },
] as const;
const [jose, rosa, lupe] = contacts.map(({ endpoint }) => endpoint) as [string, string, string];
const limit = new SubscriptionLimitExceededException({ message: '', $metadata: {} });
const throttle = Object.assign(new Error('Rate exceeded'), { name: 'ThrottledException' });

const refuse = (world: World, endpoint: string, fault: Error): void => {
  world.intercept(async ({ operation, input }, goOn) => {
    if (operation === 'Subscribe' && input['Endpoint'] === endpoint) throw fault;
    return goOn();
  });
};
const accept = (world: World): void => {
  world.intercept(async (_call, goOn) => goOn());
};
const asked = (world: World, endpoint: string): number =>
  world.calls.filter(({ operation, input }) => operation === 'Subscribe' && input['Endpoint'] === endpoint).length;

/** As if SNS had lost the subscription. */
const takeAway = async (world: World, phone: string): Promise<void> => {
  for (const { subscriptions } of world.sns.topics()) {
    const lost = subscriptions.filter(({ endpoint }) => endpoint === phone);
    for (const { arn } of lost) await world.sns.call('Unsubscribe', { SubscriptionArn: arn });
  }
};

let world: World;
beforeEach(async () => {
  world = await createWorld({ registers: { contacts }, confirm: 'manual' });
});

describe('a contact whom SNS refuses', () => {
  it.each([
    ['a mailbox, as the account waits for too many others to confirm', lupe, limit],
    ['a phone, in a moment of too many calls', rosa, throttle],
  ])('keeps nobody else from hearing: %s', async (_, refused, fault) => {
    refuse(world, refused, fault);
    await world.stream();
    await world.pressed();
    for (const phone of [jose, rosa].filter((endpoint) => endpoint !== refused)) {
      expect(world.told(phone)).toEqual(['contact.welcome.v1', 'alert.raised.v1']);
    }
  });

  it('is tried again by the watchman within a minute, joins alone, and a phone is welcomed then', async () => {
    refuse(world, rosa, throttle);
    await world.stream();
    expect(world.told(rosa)).toEqual([]);
    accept(world);
    world.calls.length = 0;
    await world.advance(1);
    expect([jose, rosa, lupe].map((endpoint) => asked(world, endpoint))).toEqual([0, 1, 0]);
    expect([world.told(jose), world.told(rosa)]).toEqual([['contact.welcome.v1'], ['contact.welcome.v1']]);
    await world.pressed();
    expect(world.told(rosa)).toEqual(['contact.welcome.v1', 'alert.raised.v1']);
  });

  it('is counted as long as SNS says no, with the family’s id alone, and tried every quarter of an hour', async () => {
    const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    const counted = () => {
      const lines = write.mock.calls
        .map(([line]) => String(line))
        .filter((line) => line.includes('"FamiliesUnheard":1'));
      for (const line of lines) {
        expect(line).toContain('"reason":"refused"');
        expect(line).not.toMatch(/lupe|Lupe|@/);
      }
      return lines.length;
    };
    refuse(world, lupe, limit);
    await world.stream();
    await world.advance(1);
    expect(counted()).toBe(1);
    await world.advance(14);
    expect(counted()).toBe(1);
    await world.advance(1);
    expect(counted()).toBe(2);
    accept(world);
    await world.advance(15);
    expect(counted()).toBe(2);
    expect(asked(world, lupe)).toBe(1);
    await world.advance(45);
    expect(asked(world, lupe)).toBe(1);
  });

  it('is not said to have left: the person reads that they could not be added, and no more when they are', async () => {
    const warned = async () => {
      const seen = await world.read();
      if (seen.kind !== 'found') return seen.kind;
      return {
        status: seen.contacts[1]?.status,
        warnings: seen.warnings.map(({ code, contact }) => [code, contact?.name]),
      };
    };
    refuse(world, rosa, throttle);
    await world.stream();
    expect(await warned()).toEqual({ status: 'pending', warnings: [['refused', 'Rosa']] });
    accept(world);
    await world.advance(16);
    expect(await warned()).toEqual({ status: 'subscribed', warnings: [] });
  });

  it('is nobody who hears: where each was refused, the person reads that an alert reaches nobody', async () => {
    world.intercept(async ({ operation }, goOn) => {
      if (operation === 'Subscribe') throw limit;
      return goOn();
    });
    await world.stream();
    const { warnings } = await world.seen();
    expect(warnings.map(({ code }) => code)).toEqual(['nobody-reachable', 'refused', 'refused', 'refused']);
  });

  it('is shown alike whichever PIN added them', async () => {
    const added = { name: 'Marta', channel: 'sms', endpoint: '+12135550109' } as const;
    const shown = [];
    for (const pin of ['pin', 'duress']) {
      const phone = await createWelcomedWorld({ registers: { contacts }, confirm: 'manual' });
      refuse(phone, added.endpoint, limit);
      expect(await phone.change({ kind: 'add-contact', contact: added }, pin)).toMatchObject({ kind: 'done' });
      await phone.stream();
      const times = [];
      for (const minutes of [0, 2, 20]) {
        await phone.advance(minutes);
        const seen = await phone.seen();
        times.push([seen.contacts.map(({ name, status }) => [name, status]), seen.warnings.map(({ code }) => code)]);
      }
      shown.push(times);
    }
    expect(shown[1]).toEqual(shown[0]);
    expect(shown[0]?.at(-1)?.[1]).toContain('refused');
  });
});

describe('a phone that was taken off the list and added again at once', () => {
  it('is subscribed once more when its new subscription went with the old one, and hears nothing of that', async () => {
    await world.stream();
    await world.change({ kind: 'remove-contact', contactId: world.contacts[0]!.contactId });
    await world.stream();
    await world.change({ kind: 'add-contact', contact: contacts[0] });
    await world.stream();
    // SNS had answered with the subscription that it was deleting.
    await takeAway(world, jose);
    const before = world.told(jose).length;
    await world.advance(2);
    expect(world.told(jose)).toHaveLength(before);
    await world.pressed();
    expect(world.told(jose).at(-1)).toBe('alert.raised.v1');
    const seen = await world.read();
    expect(seen.kind).toBe('seized');
  });

  it('is left alone when it has long been there: the person reads that it is gone', async () => {
    await world.stream();
    await world.advance(120);
    await takeAway(world, jose);
    world.calls.length = 0;
    for (let passed = 0; passed < 24; passed += 1) {
      world.skip(3_600_000);
      await world.round();
    }
    expect(asked(world, jose)).toBe(0);
    const { warnings } = await world.seen();
    expect(warnings.map(({ code }) => code)).toContain('unsubscribed');
  });
});
