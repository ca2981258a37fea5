import type { Position } from '../position.ts';

export type Device = { readonly deviceId: string; readonly familyId: string };

/**
 * A revoked phone that presses. `heard`: everybody is told, see docs/adr/014-changing-a-family.md; with `until`, officers
 * alone and until then.
 */
export type MutedPress = { readonly heard: boolean; readonly salt: string; readonly until?: string };

export type PressingFamily = {
  readonly device: Device;
  readonly consularNotification: boolean;
  /** The consent that phones show, where it may be another. */
  readonly shownConsent?: { readonly consularNotification: boolean };
  readonly homePosition?: Position;
};

export type DeviceDirectory = {
  authenticate(token: DeviceToken): Promise<PressingFamily | undefined>;
};

/** A revoked phone may press, and no answer says so. */
export type PressDirectory = {
  authenticatePress(token: DeviceToken): Promise<(PressingFamily & { readonly muted?: MutedPress }) | undefined>;
};

export type DeviceToken = { readonly familyId: string; readonly secretHash: string };
