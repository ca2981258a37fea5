/** A point on WGS 84. Latitude and longitude in degrees. */
export type Position = {
  readonly latitude: number;
  readonly longitude: number;
  /** Radius of the circle in which the phone believes itself, in metres. */
  readonly accuracyMeters?: number;
  /** When the phone measured it, ISO 8601 UTC. */
  readonly measuredAt?: string;
};

/**
 * Whether an office may be chosen by this position. Exactly 0,0 is what phones and buggy clients send when
 * they know nothing, and lies in the Gulf of Guinea.
 */
export const isUsable = (position: Position | undefined): position is Position =>
  position !== undefined && !(position.latitude === 0 && position.longitude === 0);

/** A position on the track of an alert: it always has a time, the phone's or ours. */
export type TrackPoint = Position & { readonly measuredAt: string };

/** The place that officers were last told of by a message of its own. */
export type ToldPosition = TrackPoint & {
  /** ISO 8601 UTC, by our clock. */
  readonly toldAt: string;
  /** How many such messages there have been. */
  readonly times: number;
};
