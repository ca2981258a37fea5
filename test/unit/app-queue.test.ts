import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Queue } from '../../app/queue/queue.ts';
import { longestTrack, wordFor } from '../../app/queue/record.ts';
import { type Network, createPhoneWorld, pins } from '../support/phone-world.ts';

const alertId = (index: number): string => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
const first = alertId(1);
const press = (queue: Queue, id = first, drill = false): Promise<void> =>
  queue.press({ alertId: id, drill, pressedAt: '2026-11-28T20:00:00.000Z' });
const point = (index: number) => ({ latitude: 34 + index / 1000, longitude: -118 });

const word = (queue: Queue, id = first): string | undefined => {
  const { record, underWay } = queue.view();
  const found = record.presses.find((each) => each.alertId === id);
  return found && wordFor(found, underWay);
};

/** A phone whose app is open. */
const aPhone = async (network: Network = 'good') => {
  const world = createPhoneWorld();
  const queue = await world.open();
  await world.setNetwork(network);
  return { world, queue };
};

describe('a press', () => {
  it('is on the disk before anything is sent', async () => {
    const { world, queue } = await aPhone('hang');
    await press(queue);
    await world.settle();
    expect(world.written[0]).toContain(first);
    expect(world.received).toHaveLength(1);
  });

  it('that was prepared while the button was held waits for nothing but its own storing', async () => {
    const { world, queue } = await aPhone();
    const reads = world.reads();
    queue.prepare();
    await world.settle();
    const read = world.reads() - reads;
    expect(read).toBe(1);
    await press(queue);
    await world.settle();
    expect(world.received).toHaveLength(1);
    expect(word(queue)).toBe('received');
  });

  it('that was prepared and never came holds up nobody', async () => {
    const { world, queue } = await aPhone();
    const other = await world.open();
    const letGo = queue.prepare();
    await world.settle();
    await press(other);
    await world.settle();
    expect(world.received).toEqual([]);
    letGo();
    await world.settle();
    expect(word(other)).toBe('received');
    other.prepare();
    await world.settle();
    await press(queue, alertId(2));
    // Nobody lets go: time does.
    await world.wait();
    expect(world.server.has(alertId(2))).toBe(true);
  });

  it('is sent at once and called received when the service has said so', async () => {
    const { world, queue } = await aPhone();
    await press(queue);
    await world.settle();
    expect(word(queue)).toBe('received');
    expect(world.received.map(({ path }) => path)).toEqual(['/v1/alerts']);
  });

  it('without a network is saved, survives the end of the app, and goes out when it is back', async () => {
    const { world, queue } = await aPhone('offline');
    await press(queue);
    await world.settle();
    expect(word(queue)).toBe('saved');
    world.crash();
    const again = await world.open();
    expect(word(again)).toBe('saved');
    await world.setNetwork('good');
    expect(word(again)).toBe('received');
    expect(world.server.get(first)).toMatchObject({ presses: 1 });
  });

  it('whose answer is lost is still being sent, also after a restart, and is sent again with its id', async () => {
    const { world, queue } = await aPhone('lost');
    await press(queue);
    await world.settle();
    expect(word(queue)).toBe('sending');
    world.crash();
    await world.setNetwork('offline');
    const again = await world.open();
    expect(word(again)).toBe('sending');
    await world.setNetwork('good');
    await world.wait();
    expect(word(again)).toBe('received');
    expect([...world.server.keys()]).toEqual([first]);
  });

  it('that a hotel’s page answers is not received', async () => {
    const { world, queue } = await aPhone('portal');
    await press(queue);
    await world.settle();
    expect(word(queue)).toBe('sending');
    await world.setNetwork('good');
    await world.wait();
    expect(word(queue)).toBe('received');
  });

  it('is sent although the disk fails', async () => {
    const { world, queue } = await aPhone();
    world.breakDisk();
    await world.setNetwork('offline');
    await press(queue);
    await world.settle();
    expect(word(queue)).toBe('saved');
    await world.setNetwork('good');
    expect(word(queue)).toBe('received');
  });

  it('is tried again after 1, 2, 4, 8, 15 and then every 30 seconds, and at once when the person comes back', async () => {
    const waits: number[] = [];
    const { createQueue } = await import('../../app/queue/queue.ts');
    let record = { presses: [], answers: [] } as ReturnType<ReturnType<typeof createQueue>['view']>['record'];
    let due: (() => void) | undefined;
    const queue = createQueue({
      store: {
        read: async () => record,
        change: async (change) => {
          record = change(record);
          return record;
        },
      },
      send: async () => ({ kind: 'lost', left: true }),
      exclusively: async (work) => work(),
      timer: (milliseconds, callback) => {
        waits.push(milliseconds / 1000);
        due = callback;
        return () => undefined;
      },
      random: () => 1,
    });
    const turn = async (): Promise<void> => {
      for (let each = 0; each < 5; each += 1) await new Promise((resolve) => setImmediate(resolve));
    };
    await press(queue);
    await turn();
    for (let round = 0; round < 7; round += 1) {
      due?.();
      await turn();
    }
    expect(waits).toEqual([1, 2, 4, 8, 15, 30, 30, 30]);
    queue.kick();
    await turn();
    expect(waits.at(-1)).toBe(1);
  });

  it('of a phone that is not known is said so, not tried again, and sent once the phone is known again', async () => {
    const { world, queue } = await aPhone();
    const { applyAnswer } = await import('../../app/queue/steps.ts');
    await world.setNetwork('offline');
    await press(queue);
    const [waiting] = queue.view().record.presses;
    const { record, again } = applyAnswer(
      queue.view().record,
      { kind: 'press', press: waiting! },
      { kind: 'answered', status: 401, body: {} },
    );
    expect(again).toBe(false);
    expect(record.presses.map((each) => wordFor(each, undefined))).toEqual(['refused']);
  });
});

describe('a drill', () => {
  it('that is refused is never sent again', async () => {
    const { world, queue } = await aPhone();
    world.useUpDrills();
    await press(queue, first, true);
    await world.settle();
    expect(word(queue)).toBe('refused');
    await world.wait();
    world.crash();
    await world.open();
    await world.wait();
    expect(world.received).toHaveLength(1);
  });

  it('waits behind a real press', async () => {
    const { world, queue } = await aPhone('offline');
    await press(queue, alertId(1), true);
    await press(queue, alertId(2));
    await world.setNetwork('good');
    expect(world.received.map(({ body }) => body['alertId'])).toEqual([alertId(2), alertId(1)]);
  });
});

describe('what follows a press', () => {
  it('goes after it, in order', async () => {
    const { world, queue } = await aPhone('offline');
    await press(queue);
    await queue.moved(first, point(1));
    await queue.moved(first, point(2));
    await queue.answerCheckIn({ checkInId: 'c', action: 'ok', saidAt: '2026-11-28T20:05:00.000Z' }, pins.right);
    await queue.cancel(first, pins.right);
    await world.setNetwork('good');
    expect(world.received.map(({ path }) => path)).toEqual([
      '/v1/alerts',
      `/v1/alerts/${first}/positions`,
      `/v1/alerts/${first}/cancel`,
      '/v1/check-ins/c/ok',
    ]);
    expect(world.received[1]?.body).toEqual({ positions: [point(1), point(2)] });
    expect(world.received[3]?.body).toMatchObject({ saidAt: '2026-11-28T20:05:00.000Z' });
    expect(queue.view().outcomes.get(first)).toBe('done');
  });

  it('is thinned when it gets too long, and keeps its ends', async () => {
    const { world, queue } = await aPhone('offline');
    await press(queue);
    for (let index = 0; index < longestTrack + 150; index += 1) await queue.moved(first, point(index));
    const [stored] = world.disk().presses;
    expect(stored?.track.length).toBeLessThanOrEqual(longestTrack);
    expect(stored?.track[0]).toEqual(point(0));
    expect(stored?.track.at(-1)).toEqual(point(longestTrack + 149));
  });
});

describe('a PIN', () => {
  it('is never stored: after a restart the person is asked again', async () => {
    const { world, queue } = await aPhone('offline');
    await press(queue);
    await queue.cancel(first, pins.right);
    expect(queue.hasPin(first)).toBe(true);
    world.crash();
    const again = await world.open();
    await world.setNetwork('good');
    expect(world.server.get(first)).toMatchObject({ presses: 1, cancelled: false });
    expect(again.view().record.presses[0]).toMatchObject({ cancelling: true });
    expect(again.hasPin(first)).toBe(false);
    expect(world.written.join()).not.toContain(pins.right);
  });

  it('that is wrong is said so, and another one is taken', async () => {
    const { world, queue } = await aPhone();
    await press(queue);
    await queue.cancel(first, pins.wrong);
    await world.settle();
    expect(queue.view().outcomes.get(first)).toBe('wrong-pin');
    expect(queue.view().record.presses[0]?.closed).toBeUndefined();
    await queue.cancel(first, pins.right);
    await world.settle();
    expect(queue.view().record.presses[0]?.closed).toBe(true);
  });
});

describe('an alert that another phone raised', () => {
  it('is taken over once, and can be cancelled here', async () => {
    const world = createPhoneWorld();
    const other = await world.open();
    await press(other);
    await world.settle();
    world.forgetDisk();
    const queue = await world.open();
    for (let times = 0; times < 2; times += 1) {
      await queue.adopt({ alertId: first, drill: false, pressedAt: '2026-11-28T20:00:00.000Z' });
    }
    expect(queue.view().record.presses).toHaveLength(1);
    expect(word(queue)).toBe('received');
    await queue.cancel(first, pins.right);
    await world.settle();
    expect(world.server.get(first)).toMatchObject({ presses: 1, cancelled: true });
  });
});

describe('two tabs', () => {
  it('send a press once', async () => {
    const world = createPhoneWorld();
    const one = await world.open();
    await world.open();
    await world.setNetwork('offline');
    await press(one);
    await world.setNetwork('good');
    await world.wait();
    expect(world.server.get(first)).toMatchObject({ presses: 1 });
  });
});

type Command =
  | { readonly kind: 'press'; readonly drill: boolean }
  | { readonly kind: 'move' | 'cancel' | 'hold' | 'wait' | 'crash' | 'open' }
  | { readonly kind: 'network'; readonly to: Network };

const command: fc.Arbitrary<Command> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('press' as const), drill: fc.boolean() }) },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constantFrom('move', 'cancel', 'hold', 'wait', 'crash', 'open' as const),
    }) as fc.Arbitrary<Command>,
  },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('network' as const),
      to: fc.constantFrom<Network>('good', 'offline', 'lost', 'hang', 'busy', 'broken', 'portal'),
    }),
  },
);

describe('whatever happens', () => {
  it('every press arrives once, no word lies at any instant, and no PIN touches the disk', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(command, { minLength: 1, maxLength: 25 }), async (commands) => {
        const world = createPhoneWorld();
        const pressed: string[] = [];
        const drills = new Set<string>();
        let points = 0;
        const anyTab = async (): Promise<Queue> => world.tabs().at(-1)?.queue ?? world.open();
        for (const each of commands) {
          switch (each.kind) {
            case 'press': {
              const id = alertId(pressed.length + 1);
              pressed.push(id);
              if (each.drill) drills.add(id);
              await press(await anyTab(), id, each.drill);
              break;
            }
            case 'move':
              points += 1;
              if (pressed.length > 0) await (await anyTab()).moved(pressed.at(-1)!, point(points));
              break;
            case 'cancel':
              if (pressed.length > 0) await (await anyTab()).cancel(pressed.at(-1)!, pins.right);
              break;
            case 'hold':
              (await anyTab()).prepare();
              break;
            case 'network':
              await world.setNetwork(each.to);
              break;
            case 'wait':
              await world.wait();
              break;
            case 'crash':
              world.crash();
              break;
            case 'open':
              await world.open();
              break;
          }
        }
        // In the end the network is good, and somebody opens the app.
        world.crash();
        await world.setNetwork('good');
        await world.open();
        await world.wait();
        await world.wait();

        expect(world.lies).toEqual([]);
        expect(world.written.join()).not.toContain(pins.right);
        const arrived = pressed.filter((id) => world.server.has(id));
        expect(arrived).toEqual(expect.arrayContaining(pressed.filter((id) => !drills.has(id))));
        expect(new Set(world.server.keys())).toEqual(new Set(arrived));
        const order = world.received.filter(({ path }) => !path.startsWith('/v1/check-ins'));
        for (const [index, { path }] of order.entries()) {
          const [, id] = /^\/v1\/alerts\/([^/]+)/.exec(path) ?? [];
          if (id === undefined) continue;
          expect(order.slice(0, index).some(({ body }) => body['alertId'] === id)).toBe(true);
        }
        const unsent = world.disk().presses.filter(({ sent }) => sent === 'no' || sent === 'maybe');
        expect(unsent).toEqual([]);
      }),
      { numRuns: 300 },
    );
  }, 60_000);
});
