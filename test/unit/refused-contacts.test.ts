import { SubscriptionLimitExceededException } from '@aws-sdk/client-sns';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { World } from '../support/world.ts';
import { createWorld } from '../support/world.ts';

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
    await world.press();
    await world.stream();
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
    await world.press();
    await world.stream();
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

  it('is not said to have left: the person reads that they are still to join', async () => {
    refuse(world, rosa, throttle);
    await world.stream();
    world.skip(2 * 60_000);
    const seen = await world.read();
    expect(seen).toMatchObject({ kind: 'found', contacts: [{}, { name: 'Rosa', status: 'pending' }, {}] });
    expect(seen.kind === 'found' && seen.warnings.map(({ contact }) => contact?.name)).not.toContain('Rosa');
  });
});

describe('a mailbox that has not confirmed', () => {
  const requests = (): number => world.sns.inbox({ endpoint: lupe }).length;
  const add = async (endpoint: string) =>
    world.change({ kind: 'add-contact', contact: { name: 'Ana', channel: 'sms', endpoint } });

  it('gets no second request when others come, change or go', async () => {
    await world.stream();
    expect(requests()).toBe(1);
    const added = await add('+12135550103');
    const contactId = added.kind === 'done' ? (added.contact?.contactId ?? '') : '';
    await world.stream();
    await world.change({ kind: 'change-contact', contactId, wanted: { channel: 'sms', endpoint: '+12135550104' } });
    await world.stream();
    await world.change({ kind: 'change-contact', contactId, wanted: { language: 'en' } });
    await world.stream();
    await world.change({ kind: 'remove-contact', contactId });
    await world.stream();
    await world.advance(30);
    expect(requests()).toBe(1);
    // Of the removed one all messages, in the language of each, and none after that.
    expect(world.subscribers()).toEqual([jose, rosa, lupe]);
  });

  it('gets a second one when the person asks for it, and no other mailbox does', async () => {
    await world.change({
      kind: 'add-contact',
      contact: { name: 'Eva', channel: 'email', endpoint: 'eva@family.example' },
    });
    await world.stream();
    const invited = world.contacts.find(({ endpoint }) => endpoint === lupe)!;
    await world.change({ kind: 'invite-contact', contactId: invited.contactId });
    await world.stream();
    expect([requests(), world.sns.inbox({ endpoint: 'eva@family.example' }).length]).toEqual([2, 1]);
  });
});

it('a contact whose language changes and changes back hears all the time, each message once', async () => {
  await world.stream();
  const { contactId } = world.contacts[1]!;
  for (const language of ['en', 'es', 'en'] as const) {
    await world.change({ kind: 'change-contact', contactId, wanted: { language } });
    await world.stream();
    const before = world.told(rosa).length;
    await world.press();
    await world.stream();
    expect(world.told(rosa).length - before).toBeGreaterThan(0);
    world.skip(12 * 3_600_000);
  }
});
