import * as z from 'zod';
import type { Contact, Family, RemovedContact } from './family.ts';
import { contactSchema } from './family.ts';
import type { DuressSignal } from './duress-signal.ts';
import type { FamilyEvent } from './family-event.ts';
import type { PinHashes } from './pins.ts';
import type { Settings } from './plan-settings.ts';
import type { ReadOnly } from '../read-only.ts';

const familyDeviceSchema = z.object({
  deviceId: z.string(),
  addedAt: z.string(),
  /**
   * It was revoked, and gets the answers of an unknown token. `heard`: with the duress PIN, so its presses still reach
   * officers and the trusted contact. `salt` hides their ids from a person who knows the ids that the phone sent.
   */
  muted: z.object({ at: z.string(), heard: z.boolean(), salt: z.string() }).exactOptional(),
});
export type FamilyDevice = ReadOnly<z.infer<typeof familyDeviceSchema>>;

export const accountSchema = z.object({
  devices: z.record(z.string(), familyDeviceSchema),
  /** The contacts as somebody who asked for the changes has to take them: also one who was named trusted under duress. */
  shownContacts: z.array(contactSchema),
  changes: z.number().default(0),
  registrationId: z.string().exactOptional(),
});

export type FamilyAccount = ReadOnly<z.infer<typeof accountSchema>> & { readonly family: Family };

export type AccountChange = {
  readonly account: FamilyAccount;
  readonly contacts?: { readonly real: readonly Contact[]; readonly shown: readonly Contact[] };
  readonly removed?: readonly RemovedContact[];
  readonly devices?: Readonly<Record<string, FamilyDevice | undefined>>;
  readonly seizedDevice?: string;
  /** Absent: nothing changes, and a signal may go out. */
  readonly event?: FamilyEvent;
  readonly signal: DuressSignal;
  readonly joining?: string;
};

export type SettingsChange = {
  readonly account: FamilyAccount;
  /** What holds, and what is shown. */
  readonly real: Settings;
  readonly shown: Settings;
  readonly pins: PinHashes;
  readonly signal: DuressSignal;
  readonly joining?: string;
};

export type FamilyAccounts = {
  /** Strongly consistent. @returns `undefined` if the family has been erased */
  get(familyId: string): Promise<FamilyAccount | undefined>;
  /**
   * One transaction. `conflict`: somebody else changed the family since it was read. `limited`: the endpoint has joined
   * enough families today.
   */
  apply(change: AccountChange, now: Date): Promise<'applied' | 'conflict' | 'limited'>;
  /** The same of a change of settings: as many writes of as many kilobytes for both PINs. */
  applySettings(change: SettingsChange, now: Date): Promise<'applied' | 'conflict' | 'limited'>;
};

/** Ends somebody's trust, at their own wish. */
export type TrustStore = { leave(familyId: string, contactId: string): Promise<void> };

/** The device of a token; a revoked one is like any that is unknown. */
export const deviceOf = (account: FamilyAccount | undefined, secretHash: string): FamilyDevice | undefined => {
  const device = account?.devices[secretHash];
  return device?.muted ? undefined : device;
};

/** As the family's phones see them: without revoked ones. */
export const listedDevices = ({ devices }: Pick<FamilyAccount, 'devices'>): readonly FamilyDevice[] =>
  Object.values(devices)
    .filter(({ muted }) => muted === undefined)
    .toSorted((a, b) => (a.addedAt < b.addedAt ? -1 : 1));
