import dns from 'node:dns';

/**
 * Makes `Date` follow the local clock in this thread. Timers and `performance` keep real time: a step of the clock
 * lets nobody's request time out.
 */
export const followLocalClock = (clockOffset: SharedArrayBuffer): void => {
  const offset = new BigInt64Array(clockOffset);
  const RealDate = Date;
  const now = (): number => RealDate.now() + Number(Atomics.load(offset, 0));
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, args, newTarget) => {
      const made: unknown = Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget);
      if (made instanceof RealDate) return made;
      throw new TypeError('Date made no date');
    },
    apply: () => new RealDate(now()).toString(),
    get: (target, key, receiver) => {
      const value: unknown = key === 'now' ? now : Reflect.get(target, key, receiver);
      return value;
    },
  });
};

const isLoopbackName = (hostname: string): boolean => hostname === 'localhost' || hostname.endsWith('.localhost');

/**
 * Resolves `localhost` and all below it to 127.0.0.1. The SDK puts `geofencing.` before Location's host, and not
 * every system resolves such a name; the server listens on IPv4 only.
 */
export const resolveLoopbackNames = (): void => {
  const lookup = dns.lookup;
  const localLookup = (hostname: string, options: unknown, callback?: unknown): void => {
    const done: unknown = callback ?? options;
    if (!isLoopbackName(hostname) || typeof done !== 'function') {
      Reflect.apply(lookup, dns, callback === undefined ? [hostname, options] : [hostname, options, callback]);
      return;
    }
    const wantsAll = typeof options === 'object' && options !== null && 'all' in options && options.all === true;
    const answer = wantsAll ? [null, [{ address: '127.0.0.1', family: 4 }]] : [null, '127.0.0.1', 4];
    process.nextTick(() => {
      Reflect.apply(done, undefined, answer);
    });
  };
  Object.assign(dns, { lookup: Object.assign(localLookup, lookup) });
};
