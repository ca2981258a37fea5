/*
 * SHA-256 (FIPS 180-4) of short texts. The browser's own takes longer to be called than to hash, and answers each call by
 * a promise: for a quarter of a million hashes that is too slow.
 */

const firstPrimes = (count: number): number[] => {
  const primes: number[] = [];
  for (let number = 2; primes.length < count; number += 1) {
    if (primes.every((prime) => number % prime !== 0)) primes.push(number);
  }
  return primes;
};

/** The first 32 bits behind the point. */
const fraction = (value: number): number => ((value % 1) * 2 ** 32) | 0;

const rounds = 64;
const constants = Int32Array.from(firstPrimes(rounds), (prime) => fraction(prime ** (1 / 3)));
const start = Int32Array.from(firstPrimes(8), (prime) => fraction(Math.sqrt(prime)));

const wordAt = (words: Int32Array, index: number): number => words[index] ?? 0;
const turned = (value: number, bits: number): number => (value >>> bits) | (value << (32 - bits));

/** What the 16 words at the beginning of `block` make of `state`. The rest of `block` is room. No list is made: half the time. */
const compress = (state: Int32Array, block: Int32Array): void => {
  for (let at = 16; at < rounds; at += 1) {
    const early = wordAt(block, at - 15);
    const late = wordAt(block, at - 2);
    const mixedEarly = turned(early, 7) ^ turned(early, 18) ^ (early >>> 3);
    const mixedLate = turned(late, 17) ^ turned(late, 19) ^ (late >>> 10);
    block[at] = wordAt(block, at - 16) + mixedEarly + wordAt(block, at - 7) + mixedLate;
  }
  let a = wordAt(state, 0);
  let b = wordAt(state, 1);
  let c = wordAt(state, 2);
  let d = wordAt(state, 3);
  let e = wordAt(state, 4);
  let f = wordAt(state, 5);
  let g = wordAt(state, 6);
  let h = wordAt(state, 7);
  for (let at = 0; at < rounds; at += 1) {
    const chosen = (e & f) ^ (~e & g);
    const most = (a & b) ^ (a & c) ^ (b & c);
    const mixed = turned(e, 6) ^ turned(e, 11) ^ turned(e, 25);
    const first = (h + mixed + chosen + wordAt(constants, at) + wordAt(block, at)) | 0;
    const second = ((turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)) + most) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + first) | 0;
    d = c;
    c = b;
    b = a;
    a = (first + second) | 0;
  }
  state[0] = wordAt(state, 0) + a;
  state[1] = wordAt(state, 1) + b;
  state[2] = wordAt(state, 2) + c;
  state[3] = wordAt(state, 3) + d;
  state[4] = wordAt(state, 4) + e;
  state[5] = wordAt(state, 5) + f;
  state[6] = wordAt(state, 6) + g;
  state[7] = wordAt(state, 7) + h;
};

const state = new Int32Array(8);
const block = new Int32Array(rounds);

/** @param text ASCII. @returns eight words of 32 bits, until the next call */
export const sha256 = (text: string): Int32Array => {
  state.set(start);
  // A bit ends the text, and the last eight bytes hold its length in bits.
  const blocks = Math.floor((text.length + 8) / 64) + 1;
  for (let first = 0; first < blocks * 64; first += 64) {
    block.fill(0, 0, 16);
    for (let at = 0; at < 64 && first + at <= text.length; at += 1) {
      const byte = first + at < text.length ? text.charCodeAt(first + at) : 0x80;
      block[at >> 2] = wordAt(block, at >> 2) | (byte << (24 - (at & 3) * 8));
    }
    if (first + 64 === blocks * 64) block[15] = text.length * 8;
    compress(state, block);
  }
  return state;
};
