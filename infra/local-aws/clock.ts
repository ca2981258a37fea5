/**
 * The clock of the local stack: the machine's time plus an offset that tests and people move forward.
 * The offset stands in shared memory, so that the functions' threads see a step at once.
 */
export type LocalClock = {
  readonly now: () => Date;
  readonly advance: (milliseconds: number) => void;
  /** Back to the machine's time. */
  readonly reset: () => void;
  /** One 64-bit integer: the offset in milliseconds. */
  readonly sharedOffset: SharedArrayBuffer;
};

export const createClock = (): LocalClock => {
  const sharedOffset = new SharedArrayBuffer(BigInt64Array.BYTES_PER_ELEMENT);
  const offset = new BigInt64Array(sharedOffset);
  return {
    now: () => new Date(Date.now() + Number(Atomics.load(offset, 0))),
    advance: (milliseconds) => {
      Atomics.add(offset, 0, BigInt(Math.round(milliseconds)));
    },
    reset: () => {
      Atomics.store(offset, 0, 0n);
    },
    sharedOffset,
  };
};
