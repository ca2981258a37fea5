/** The canary's family: nobody's. It authorised no office, has no contact, and its topic has one subscriber, the canary. */
export type CanaryFamily = {
  /** Forgets what it pressed before, its count of drills among it, and lets in one new phone alone. */
  renew(device: { readonly secretHash: string; readonly deviceId: string; readonly now: Date }): Promise<void>;
  /** When it last pressed by the phone's clock, ISO 8601 UTC; `undefined` once that is forgotten. */
  pressedAt(): Promise<string | undefined>;
};
