import * as z from 'zod';
import type { Contact, Family } from './family.ts';
import { contactSchema } from './family.ts';
import type { FamilyEvent } from './family-event.ts';
import type { ReadOnly } from '../read-only.ts';

/** A phone that was given a token. */
const familyDeviceSchema = z.object({
  deviceId: z.string(),
  /** ISO 8601 UTC. */
  addedAt: z.string(),
  /**
   * It was revoked: every answer to it is that of an unknown token. `heard`: by the duress PIN, so that its presses
   * reach everybody all the same, under ids that `salt` keeps from whoever knows the phone's own.
   */
  muted: z.object({ at: z.string(), heard: z.boolean(), salt: z.string() }).exactOptional(),
});
export type FamilyDevice = ReadOnly<z.infer<typeof familyDeviceSchema>>;

/** What only a family's own devices are concerned with. */
export const accountSchema = z.object({
  /** By the SHA-256 of their token's secret. */
  devices: z.record(z.string(), familyDeviceSchema),
  /** The contacts as the devices see them; they differ from those who are told once a list was changed with the duress PIN. */
  shownContacts: z.array(contactSchema),
  /** How often it was changed; a change is conditional on it. */
  changes: z.number().default(0),
  /** By which its registration is recognised for some minutes. */
  registrationId: z.string().exactOptional(),
});

/** A family with what only its own devices are concerned with. */
export type FamilyAccount = ReadOnly<z.infer<typeof accountSchema>> & { readonly family: Family };

/** What one change writes. */
export type AccountChange = {
  /** As it was read. */
  readonly account: FamilyAccount;
  readonly contacts?: { readonly real: readonly Contact[]; readonly shown: readonly Contact[] };
  /** Devices to write or to take away, by the hash of their secret. */
  readonly devices?: Readonly<Record<string, FamilyDevice | undefined>>;
  /** A device that has to count as seized like the one that added it. */
  readonly seizedDevice?: string;
  readonly event: FamilyEvent;
  /** Phone or mailbox that joins: counts towards its limit of the day. */
  readonly joining?: string;
};

/** The durable record of what a family's devices can change. */
export type FamilyAccounts = {
  /** Strongly consistent. @returns `undefined` when the family has been erased */
  get(familyId: string): Promise<FamilyAccount | undefined>;
  /**
   * Writes the change and its event in one transaction. `conflict`: somebody else changed the family since it was read.
   * `limited`: the joining endpoint has joined enough families today.
   */
  apply(change: AccountChange, now: Date): Promise<'applied' | 'conflict' | 'limited'>;
};

/** Devices as the family's own phones see them: without those that were revoked. */
export const listedDevices = ({ devices }: Pick<FamilyAccount, 'devices'>): readonly FamilyDevice[] =>
  Object.values(devices)
    .filter(({ muted }) => muted === undefined)
    .toSorted((a, b) => (a.addedAt < b.addedAt ? -1 : 1));
