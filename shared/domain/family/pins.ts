import type { Clock } from '../clock.ts';

/** Hashes of a family's PINs, each with its own salt and parameters. Never leave the store. */
export type PinHashes = { readonly pin: string; readonly duressPin?: string };

/** Which of a family's PINs was given. */
export type PinMatch = 'pin' | 'duress' | 'wrong';

/** Hashes PINs slowly, with a key that does not lie where the hashes do. */
export type PinHasher = {
  hash(familyId: string, pin: string): Promise<string>;
  /** The same calls and the same work whichever PIN it is, and whether or not there is a duress PIN. */
  match(familyId: string, pin: string, hashes: PinHashes): Promise<PinMatch>;
};

/** After so many wrong PINs every PIN is refused for {@link pinLockMs}. */
export const maximumWrongPins = 5;

/** How long PINs are refused, and after which pause wrong ones are forgotten. */
export const pinLockMs = 15 * 60 * 1000;

/** What the store keeps of a family's PINs: their hashes and how often a wrong one was given. */
export type PinRecord = {
  /** @returns `undefined` when the family is gone */
  hashesOf(familyId: string): Promise<PinHashes | undefined>;
  /** Counts a try, unless {@link maximumWrongPins} are counted already and the last is younger than {@link pinLockMs}. */
  countTry(familyId: string, now: Date): Promise<'counted' | 'locked'>;
  /** Takes a counted try back that was never checked. */
  takeBack(familyId: string): Promise<void>;
  /** Forgets the tries. */
  clear(familyId: string): Promise<void>;
  /** Writes as much as a case does that gets one event, and changes nothing: see {@link checkPin} on `locked`. */
  pretend(familyId: string, now: Date): Promise<void>;
};

export type PinDeps = { readonly pins: PinRecord; readonly hasher: PinHasher; readonly now: Clock };

/**
 * `locked`: the answer is that of a wrong PIN, whatever `match` says; a duress PIN takes effect all the same. The
 * answer must then take as long for every PIN: who changes nothing calls {@link PinRecord.pretend}.
 */
export type PinCheck = { readonly match: PinMatch; readonly locked: boolean };

/**
 * Checks a PIN. The try is counted before anything is hashed, so that parallel guesses do not slip through; either
 * right PIN clears the count, else the count would tell which of them is the real one. A fault of ours is no try.
 */
export const checkPin = async ({ pins, hasher, now }: PinDeps, familyId: string, pin: string): Promise<PinCheck> => {
  const [hashes, tried] = await Promise.all([pins.hashesOf(familyId), pins.countTry(familyId, now())]);
  const locked = tried === 'locked';
  if (!hashes) return { match: 'wrong', locked };
  const match = await hasher.match(familyId, pin, hashes).catch(async (fault: unknown) => {
    if (!locked) await pins.takeBack(familyId);
    throw fault;
  });
  if (match !== 'wrong' && !locked) await pins.clear(familyId);
  return { match, locked };
};
