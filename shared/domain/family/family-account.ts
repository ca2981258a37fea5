import * as v from 'valibot';
import type { Contact, Family, RemovedContact } from './family.ts';
import { contactSchema } from './family.ts';
import type { ChangesOfDay } from './changes-of-day.ts';
import { changesOfDaySchema } from './changes-of-day.ts';
import type { DuressSignal } from './duress-signal.ts';
import type { FamilyEvent } from './family-event.ts';
import type { PinHashes } from './pins.ts';
import type { Settings } from './plan-settings.ts';
import type { ReadOnly } from '../read-only.ts';

const familyDeviceSchema = v.object({
  deviceId: v.string(),
  addedAt: v.string(),
  /**
   * It was revoked, and gets the answers of an unknown token. `heard`: with the duress PIN, so its presses still reach
   * officers and the trusted contact; those of a lost phone do `until` then. `salt` hides their ids from a person who knows
   * the ids that the phone sent.
   */
  muted: v.exactOptional(
    v.object({ at: v.string(), heard: v.boolean(), salt: v.string(), until: v.exactOptional(v.string()) }),
  ),
  /** It has a code, and becomes a phone if somebody types it by then. */
  joinsUntil: v.exactOptional(v.string()),
});
export type FamilyDevice = ReadOnly<v.InferOutput<typeof familyDeviceSchema>>;

export const accountSchema = v.object({
  devices: v.record(v.string(), familyDeviceSchema),
  /** The contacts as somebody who asked for the changes has to take them: also one who was named trusted under duress. */
  shownContacts: v.array(contactSchema),
  changes: v.optional(v.number(), 0),
  changesOfDay: v.exactOptional(changesOfDaySchema),
  registrationId: v.exactOptional(v.string()),
  recoveryHash: v.exactOptional(v.string()),
});

export type FamilyAccount = ReadOnly<v.InferOutput<typeof accountSchema>> & { readonly family: Family };

/** The first half finds it; `codeHash` is of the whole. */
export type DeviceCode = {
  readonly firstHalf: string;
  readonly codeHash: string;
  readonly familyId: string;
  /** Key in `devices`. */
  readonly placeholder: string;
  readonly until: string;
};

export type DeviceCodes = {
  /** Counts a try. @returns `undefined` if there is no such code, it is over, was used, or was tried too often */
  tryFirstHalf(firstHalf: string, now: Date): Promise<DeviceCode | undefined>;
  /** The entry becomes a phone with this secret. @returns whether nobody was first */
  redeem(code: DeviceCode, secretHash: string, now: Date): Promise<boolean>;
};

export type RecoveryCodes = {
  /** @returns the family that a code finds; whether it is the valid one stands on the family */
  find(codeHash: string, now: Date): Promise<string | undefined>;
};

export type AccountChange = {
  readonly account: FamilyAccount;
  readonly contacts?: { readonly real: readonly Contact[]; readonly shown: readonly Contact[] };
  readonly removed?: readonly RemovedContact[];
  readonly devices?: Readonly<Record<string, FamilyDevice | undefined>>;
  readonly seizedDevice?: string;
  readonly code?: DeviceCode;
  readonly recovery?: { readonly before: string; readonly after: string; readonly pins: PinHashes };
  readonly changesOfDay?: ChangesOfDay;
  /** Absent: nothing changes, and a signal may go out. */
  readonly event?: FamilyEvent;
  readonly signal: DuressSignal;
  /** An endpoint that joins the family, and is counted. */
  readonly joining?: string;
  /** Links that relatives have got until now open nothing any more: whoever leaves has the same ones as the others. */
  readonly endsLinks?: boolean;
};

export type SettingsChange = {
  readonly account: FamilyAccount;
  readonly real: Settings;
  readonly shown: Settings;
  readonly pins: PinHashes;
  readonly signal: DuressSignal;
  readonly joining?: string;
};

/**
 * `conflict`: somebody else changed the family since it was read. `limited`: the endpoint has joined enough families today;
 * `waiting` is what a contact who has to wait for that holds.
 */
export type AppliedChange =
  | { readonly kind: 'applied' | 'conflict' }
  | { readonly kind: 'limited'; readonly waiting: string };

export type FamilyAccounts = {
  /** Strongly consistent. @returns `undefined` if the family has been erased */
  get(familyId: string): Promise<FamilyAccount | undefined>;
  /** One transaction. */
  apply(change: AccountChange, now: Date): Promise<AppliedChange>;
  /** The same of a change of settings: as many writes of as many kilobytes for both PINs. */
  applySettings(change: SettingsChange, now: Date): Promise<AppliedChange>;
};

export type TrustStore = { leave(familyId: string, contactId: string): Promise<void> };

/** Whether a second PIN would warn somebody, as far as the phones may know. */
export const isSecondPinHeard = (
  { consularNotification }: Pick<Family['consent'], 'consularNotification'>,
  shownContacts: readonly Contact[],
): boolean => consularNotification || shownContacts.some(({ trusted }) => trusted === true);

/** A revoked one is like any that is unknown. */
export const deviceOf = (account: FamilyAccount | undefined, secretHash: string): FamilyDevice | undefined => {
  const device = account?.devices[secretHash];
  return device?.muted ? undefined : device;
};

/** As the family's phones see them: without revoked ones, and without those whose code is over. */
export const listedDevices = ({ devices }: Pick<FamilyAccount, 'devices'>, now: Date): readonly FamilyDevice[] =>
  Object.values(devices)
    .filter(({ muted }) => muted === undefined)
    .filter(({ joinsUntil }) => joinsUntil === undefined || Date.parse(joinsUntil) > now.getTime())
    .toSorted((a, b) => (a.addedAt < b.addedAt ? -1 : 1));
