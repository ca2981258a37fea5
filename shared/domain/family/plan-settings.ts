import { defined } from '../defined.ts';
import type { Family } from './family.ts';
import type { GivenPin, PinHashes } from './pins.ts';

type Person = Family['person'];
type Optional = Exclude<keyof Person, 'name' | 'language'>;

/** `null` removes. */
export type SettingsRequest = {
  readonly person?: { readonly [Field in keyof Person]?: Person[Field] | (Field extends Optional ? null : never) };
  readonly newPin?: string;
  readonly newDuressPin?: string | null;
  readonly consent?: { readonly consularNotification: boolean } & Partial<Omit<Family['consent'], 'at' | 'agreedAt'>>;
  readonly sharePositionWithFamily?: boolean;
};

export type Settings = Pick<Family, 'person' | 'consent' | 'sharePositionWithFamily'>;

export const settingsOf = ({ person, consent, sharePositionWithFamily }: Settings): Settings => ({
  person,
  consent,
  sharePositionWithFamily,
});

/** Withdrawn without a text, it keeps which one had been agreed to, and when. */
const consentAfter = (
  { at, agreedAt, ...before }: Family['consent'],
  wanted: NonNullable<SettingsRequest['consent']>,
  now: Date,
): Family['consent'] => {
  const after = { ...before, ...wanted, at: now.toISOString() };
  const agreed = before.consularNotification ? at : agreedAt;
  return wanted.consularNotification ? after : { ...after, ...defined({ agreedAt: agreed }) };
};

const personAfter = (before: Person, wanted: NonNullable<SettingsRequest['person']>): Person => {
  const { homePosition, phone, speaks, locator, urgentAtHome, wantsRepresentative } = { ...before, ...wanted };
  const optional = { homePosition, phone, speaks, locator, urgentAtHome, wantsRepresentative };
  const kept = Object.fromEntries(
    Object.entries(optional).filter(([, value]) => value !== null && value !== undefined),
  );
  return { name: wanted.name ?? before.name, language: wanted.language ?? before.language, ...kept };
};

export const settingsAfter = (before: Settings, wanted: SettingsRequest, now: Date): Settings => ({
  person: wanted.person ? personAfter(before.person, wanted.person) : before.person,
  consent: wanted.consent ? consentAfter(before.consent, wanted.consent, now) : before.consent,
  sharePositionWithFamily: wanted.sharePositionWithFamily ?? before.sharePositionWithFamily,
});

/** Hashes of the PINs that were asked for. `duressPin: null`: none is to be left beside the one that was typed. */
export type NewPins = { readonly pin?: string; readonly duressPin?: string | null };

/**
 * Devices take two PINs at the most. A new PIN takes the place of the one that was typed, a new duress PIN that of the
 * other; the person knows which is which, whoever stands beside them does not (G7). So if the duress PIN was typed both
 * are duress PINs from then on, and the PIN itself stays valid in a recovery alone, as `former`. With the PIN `former` is
 * the old duress PIN and means nothing: it keeps the sizes equal.
 */
export const pinsAfter = ({ place, hashes }: GivenPin, wanted: NewPins): PinHashes => {
  const renewed = wanted.pin === undefined ? hashes : { ...hashes, [place]: wanted.pin };
  if (wanted.duressPin === undefined) return renewed;
  const { pin, duressPin, former, forced = false } = renewed;
  const isDuress = place === 'duressPin' || forced;
  const other = place === 'pin' ? duressPin : pin;
  const typed = place === 'pin' ? pin : (duressPin ?? pin);
  return {
    pin: typed,
    ...defined({ duressPin: wanted.duressPin ?? undefined, former: forced ? former : (other ?? former) }),
    forced: isDuress,
  };
};
