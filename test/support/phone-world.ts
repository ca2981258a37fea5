import { type Queue, createQueue } from '../../app/queue/queue.ts';
import { type Position, type QueueRecord, emptyQueue, wordFor } from '../../app/queue/record.ts';
import type { Answer } from '../../app/queue/steps.ts';

/** How requests fare: `lost` arrive and their answer does not, `hang` arrive and are never answered. */
export type Network = 'good' | 'offline' | 'lost' | 'hang' | 'busy' | 'broken' | 'portal';

type Received = { readonly path: string; readonly body: Record<string, unknown> };

/** What the service keeps of an alert. */
type Stored = { presses: number; readonly points: Set<string>; cancelled: boolean };

export const pins = { right: '482915', wrong: '000000' };

/** A phone with its disk, some tabs, a network and the service behind it. Time passes when it is told to. */
export const createPhoneWorld = () => {
  let disk: QueueRecord = emptyQueue;
  let network: Network = 'good';
  let diskWorks = true;
  let reads = 0;
  const server = new Map<string, Stored>();
  const received: Received[] = [];
  const lies: string[] = [];
  const written: string[] = [];
  let drillsLeft = 3;

  const serve = ({ path, body }: Received): Answer => {
    received.push({ path, body });
    const [, alertId = String(body['alertId'])] = /^\/v1\/alerts\/([^/]+)/.exec(path) ?? [];
    const stored = server.get(alertId);
    if (path === '/v1/alerts') {
      if (body['drill'] === true && !stored) {
        if (drillsLeft === 0) return { kind: 'answered', status: 429, body: { code: 'drills-used-up' } };
        drillsLeft -= 1;
      }
      server.set(alertId, stored ?? { presses: 0, points: new Set(), cancelled: false });
      server.get(alertId)!.presses += 1;
      return { kind: 'answered', status: stored ? 200 : 202, body: { alertId, state: 'raised' } };
    }
    if (path.startsWith('/v1/check-ins')) {
      return { kind: 'answered', status: body['pin'] === pins.right ? 200 : 403, body: {} };
    }
    if (!stored) return { kind: 'answered', status: 404, body: {} };
    if (path.endsWith('/positions')) {
      for (const point of body['positions'] as Position[]) stored.points.add(JSON.stringify(point));
      return { kind: 'answered', status: 202, body: {} };
    }
    if (body['pin'] !== pins.right) return { kind: 'answered', status: 403, body: {} };
    stored.cancelled = true;
    return { kind: 'answered', status: 200, body: { alertId, state: 'closed' } };
  };

  const send = async (request: { path: string; body: object }): Promise<Answer> => {
    const sent: Received = { path: request.path, body: structuredClone(request.body) as Record<string, unknown> };
    switch (network) {
      case 'good':
        return serve(sent);
      case 'offline':
        return { kind: 'lost', left: false };
      case 'lost':
        serve(sent);
        return { kind: 'lost', left: true };
      case 'hang':
        serve(sent);
        return new Promise(() => undefined);
      case 'busy':
        return { kind: 'answered', status: 429, body: { message: 'Too Many Requests' } };
      case 'broken':
        return { kind: 'answered', status: 503, body: { message: 'Service Unavailable' } };
      case 'portal':
        return { kind: 'answered', status: 200, body: '<html>Welcome to the hotel</html>' };
    }
  };

  type Tab = { readonly queue: Queue; alive: boolean; timers: Map<number, () => void>; release: () => void };
  const tabs: Tab[] = [];
  let lock: Promise<void> = Promise.resolve();
  let timerId = 0;

  /** Every word on every screen is held against what the service has. */
  const check = (queue: Queue): void => {
    const { record, underWay } = queue.view();
    for (const press of record.presses) {
      const word = wordFor(press, underWay);
      if (word === 'received' && !server.has(press.alertId))
        lies.push(`received, and the service has no ${press.alertId}`);
      if (word === 'saved' && server.has(press.alertId)) lies.push(`not sent, and the service has ${press.alertId}`);
    }
  };

  const openTab = (): Tab => {
    const tab = { alive: true, timers: new Map<number, () => void>(), release: () => undefined } as unknown as Tab;
    const whileAlive = async <T>(work: () => Promise<T>): Promise<T> => {
      const result = await work();
      return tab.alive ? result : new Promise(() => undefined);
    };
    const queue = createQueue({
      store: {
        read: async () =>
          whileAlive(async () => {
            if (!diskWorks) throw new Error('no disk');
            reads += 1;
            return structuredClone(disk);
          }),
        change: async (change) =>
          whileAlive(async () => {
            if (!diskWorks) throw new Error('no disk');
            disk = change(structuredClone(disk));
            written.push(JSON.stringify(disk));
            return structuredClone(disk);
          }),
      },
      send: async (request) => whileAlive(async () => send(request)),
      exclusively: async (work) => {
        const before = lock;
        const { promise, resolve } = Promise.withResolvers<void>();
        lock = promise;
        await before;
        // A tab that has ended holds nothing.
        tab.release = resolve;
        if (tab.alive) await work();
        resolve();
      },
      timer: (_milliseconds, callback) => {
        timerId += 1;
        const id = timerId;
        tab.timers.set(id, callback);
        return () => tab.timers.delete(id);
      },
      random: () => 0,
    });
    Object.assign(tab, { queue });
    queue.onChange(() => check(queue));
    tabs.push(tab);
    return tab;
  };

  /** Until nothing moves any more but what hangs or waits for time to pass. */
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  };

  const close = (tab: Tab): void => {
    tab.alive = false;
    tab.timers.clear();
    tab.release();
    tabs.splice(tabs.indexOf(tab), 1);
  };

  return {
    server,
    received,
    lies,
    written,
    disk: () => disk,
    /** How often the record was read. */
    reads: () => reads,
    tabs: () => tabs,
    open: async (): Promise<Queue> => {
      const { queue } = openTab();
      await queue.refresh();
      queue.kick();
      await settle();
      return queue;
    },
    /** All tabs end in the middle of what they do. */
    crash: (): void => {
      for (const tab of tabs.slice()) close(tab);
    },
    setNetwork: async (next: Network): Promise<void> => {
      const isBack = network === 'offline' && next !== 'offline';
      network = next;
      if (isBack) for (const { queue } of tabs) queue.kick();
      await settle();
    },
    breakDisk: (): void => {
      diskWorks = false;
    },
    /** Another phone, or the same one emptied. */
    forgetDisk: (): void => {
      for (const tab of tabs.slice()) close(tab);
      disk = emptyQueue;
    },
    useUpDrills: (): void => {
      drillsLeft = 0;
    },
    /** Half a minute passes: every waiting timer is due. */
    wait: async (): Promise<void> => {
      for (const { timers } of tabs) {
        const due = Array.from(timers.values());
        timers.clear();
        for (const callback of due) callback();
      }
      await settle();
    },
    settle,
  };
};
