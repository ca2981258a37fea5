import type { Clock } from '../clock.ts';
import type { KeyedHash } from '../keyed-hash.ts';
import type { Contact, Family } from './family.ts';
import { secondsToMidnight } from '../limits.ts';
import type { PinHashes, PinHasher } from './pins.ts';

/** Phones in E.164, names in NFC. */
export type Registration = {
  readonly registrationId?: string;
  readonly person: Family['person'];
  readonly contacts: readonly Omit<Contact, 'contactId'>[];
  readonly pin: string;
  readonly duressPin?: string;
  readonly consent: Omit<Family['consent'], 'at'>;
  readonly sharePositionWithFamily: boolean;
};

/** A challenge whose work was done. `stale`: too late for another family than it has registered. */
export type MetChallenge = { readonly challengeId: string; readonly expiresAt: Date; readonly stale: boolean };

export type NewDevice = { readonly deviceId: string; readonly secretHash: string };

/** 80 bits: without trying, nobody guesses one of all families'. */
export const recoveryLetters = 16;

/**
 * Contacts who have joined enough families today, {@link familiesPerDay}, wait. `limited`: all would, or it is the person's
 * own phone. `differs`: the same `registrationId` registered something else. `used-before`, `stale`: the challenge.
 */
export type RegisterOutcome =
  | { readonly kind: 'registered'; readonly family: Family }
  | { readonly kind: 'differs' }
  | { readonly kind: 'used-before' | 'stale' }
  | { readonly kind: 'limited'; readonly isPerson: boolean };

export type FamilyRegister = {
  /**
   * One write. If the same `registrationId` registered a family with the same `bodyHash` within 10 minutes, that family
   * stays and is returned: `device` replaces its first one. This counts towards no limit, and needs no other challenge.
   */
  register(entry: {
    readonly family: Family;
    readonly pins: PinHashes;
    readonly device: NewDevice;
    readonly recoveryHash: string;
    readonly registrationId?: string;
    readonly bodyHash?: string;
    readonly challenge?: MetChallenge;
    readonly now: Date;
  }): Promise<RegisterOutcome>;
};

export type Secrets = {
  readonly newId: () => string;
  readonly newSecret: () => { readonly secret: string; readonly secretHash: string };
  /** Random letters and digits that are not mistaken for others, 5 bits each, in groups; and the SHA-256 of the letters. */
  readonly newCode: (letters: number) => { readonly code: string; readonly codeHash: string };
  /** 128 random bits as 22 letters and digits: the shorter a link, the more of an SMS is left for words. */
  readonly newLinkToken: () => string;
};

/** @returns if all contacts have joined enough families today, their places; none if it is the person's own phone */
export const registerFamily = async (
  deps: {
    readonly families: FamilyRegister;
    readonly secrets: Secrets;
    readonly pinHasher: Pick<PinHasher, 'hash'>;
    readonly keyedHash: KeyedHash;
    readonly now: Clock;
  },
  registration: Registration,
  challenge?: MetChallenge,
): Promise<
  | {
      readonly kind: 'registered';
      readonly family: Family;
      readonly deviceToken: string;
      readonly recoveryCode: string;
    }
  | { readonly kind: 'differs' }
  | { readonly kind: 'used-before' | 'stale' }
  | { readonly kind: 'limited'; readonly contacts: readonly number[]; readonly retryAfterSeconds: number }
> => {
  const { secrets, pinHasher } = deps;
  const now = deps.now();
  const familyId = secrets.newId();
  const [pin, duressPin] = await Promise.all([
    pinHasher.hash(familyId, registration.pin),
    registration.duressPin === undefined ? undefined : pinHasher.hash(familyId, registration.duressPin),
  ]);
  const { secret, secretHash } = secrets.newSecret();
  const { code: recoveryCode, codeHash: recoveryHash } = secrets.newCode(recoveryLetters);
  const outcome = await deps.families.register({
    family: {
      familyId,
      person: registration.person,
      contacts: registration.contacts.map((contact) => ({ contactId: secrets.newId(), ...contact })),
      consent: { ...registration.consent, at: now.toISOString() },
      sharePositionWithFamily: registration.sharePositionWithFamily,
      registeredAt: now.toISOString(),
    },
    pins: { pin, ...(duressPin !== undefined && { duressPin }) },
    device: { deviceId: secrets.newId(), secretHash },
    recoveryHash,
    ...(registration.registrationId !== undefined && {
      registrationId: registration.registrationId,
      bodyHash: await deps.keyedHash(`registration|${JSON.stringify(registration)}`),
    }),
    ...(challenge && { challenge }),
    now,
  });
  if (outcome.kind === 'limited') {
    const places = outcome.isPerson ? [] : [...registration.contacts.keys()];
    return { kind: 'limited', contacts: places, retryAfterSeconds: secondsToMidnight(now) };
  }
  if (outcome.kind !== 'registered') return outcome;
  const { family } = outcome;
  return { kind: 'registered', family, deviceToken: `${family.familyId}.${secret}`, recoveryCode };
};
