import type { Clock } from '../clock.ts';
import { defined } from '../defined.ts';

/** They never leave the store. */
export type PinHashes = {
  readonly pin: string;
  readonly duressPin?: string;
  /** The one whose place another took. */
  readonly former?: string;
  /** `pin` is a duress PIN, too: the PIN itself is `former`, and devices do not take it any more. */
  readonly forced?: boolean;
};

/** Under which of the two a PIN that devices take is kept. */
export type PinPlace = 'pin' | 'duressPin';

export type PinMatch = 'pin' | 'duress' | 'wrong';

/** Hashes PINs slowly, with a key that is not stored beside the hashes. */
export type PinHasher = {
  hash(familyId: string, pin: string): Promise<string>;
  /** The same calls and the same work for each PIN, with or without a second. @returns where it is kept */
  match(familyId: string, pin: string, hashes: Pick<PinHashes, PinPlace>): Promise<PinPlace | 'wrong'>;
};

export const maximumWrongPins = 5;

/** How long every PIN is refused after {@link maximumWrongPins}. After a pause of this length wrong ones are forgotten. */
export const pinLockMs = 15 * 60_000;

export type PinRecord = {
  hashesOf(familyId: string): Promise<PinHashes | undefined>;
  /** Locked: {@link maximumWrongPins} are counted and the last is younger than {@link pinLockMs}; this one is not counted. */
  countTry(familyId: string, now: Date): Promise<'counted' | { readonly lockedForMs: number }>;
  takeBack(familyId: string): Promise<void>;
  clear(familyId: string): Promise<void>;
  /** Writes as much as a change of a case with one event, and changes nothing. */
  pretend(familyId: string, now: Date): Promise<void>;
};

export type PinDeps = { readonly pins: PinRecord; readonly hasher: PinHasher; readonly now: Clock };

/**
 * `locked`: the answer is that of a wrong PIN, whatever `match` says, but a duress PIN takes effect. The answer must take
 * as long for every PIN: a caller that changes nothing calls {@link PinRecord.pretend}.
 */
export type PinCheck = {
  readonly match: PinMatch;
  readonly locked: boolean;
  /** While PINs are locked: until they are not. */
  readonly retryAfterSeconds?: number;
  readonly given?: GivenPin;
};

/** The answer to a wrong PIN, and while PINs are locked to every one. */
export type WrongPin = { readonly kind: 'wrong-pin' } & Pick<PinCheck, 'retryAfterSeconds'>;

export const wrongPin = ({ retryAfterSeconds }: Pick<PinCheck, 'retryAfterSeconds'>): WrongPin => ({
  kind: 'wrong-pin',
  ...defined({ retryAfterSeconds }),
});

export type GivenPin = { readonly place: PinPlace | 'former'; readonly hashes: PinHashes };

/**
 * The try is counted before anything is hashed, so that parallel guesses cannot slip through. Either right PIN clears the
 * count: otherwise the count would tell them apart. A fault of ours is no try.
 * @param recovers whether the PIN is taken, too, that devices take no more
 */
export const checkPin = async (
  { pins, hasher, now }: PinDeps,
  familyId: string,
  pin: string,
  recovers: boolean = false,
): Promise<PinCheck> => {
  const [hashes, tried] = await Promise.all([pins.hashesOf(familyId), pins.countTry(familyId, now())]);
  const locked = tried !== 'counted';
  const lock = { locked, ...(locked && { retryAfterSeconds: Math.ceil(tried.lockedForMs / 1000) }) };
  if (!hashes) return { match: 'wrong', ...lock };
  const matches = recovers ? [hashes, { pin: hashes.former ?? hashes.pin }] : [hashes];
  const [place = 'wrong', former] = await Promise.all(
    matches.map(async (each) => hasher.match(familyId, pin, each)),
  ).catch(async (fault: unknown) => {
    if (!locked) await pins.takeBack(familyId);
    throw fault;
  });
  const isFormer = hashes.forced === true && former === 'pin';
  if (place === 'wrong' && !isFormer) return { match: 'wrong', ...lock };
  if (!locked) await pins.clear(familyId);
  if (place === 'wrong') return { match: 'pin', ...lock, given: { place: 'former', hashes } };
  const match = place === 'duressPin' || hashes.forced === true ? 'duress' : 'pin';
  return { match, ...lock, given: { place, hashes } };
};
