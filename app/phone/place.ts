import type { Position } from '../queue/record.ts';
import { now } from './http.ts';

type Fix = { readonly position: Position; readonly takenAt: number; readonly receivedAt: number };

/** Where the phone is, as far as it says so. Nothing waits for it. */
export type Place = {
  /** Begins to look; asks for permission the first time. */
  readonly watch: () => void;
  readonly stop: () => void;
  /** What is known now, at most a minute old. */
  readonly current: () => Position | undefined;
  /** Called with each new point. */
  readonly onFix: (listener: (position: Position) => void) => void;
  /** One point, for "I am at home". */
  readonly once: () => Promise<Position | undefined>;
};

const freshMs = 60_000;

const positionIn = ({ coords, timestamp }: GeolocationPosition): Position => ({
  latitude: coords.latitude,
  longitude: coords.longitude,
  accuracyMeters: Math.round(coords.accuracy),
  // Seconds are enough, and the phone's clock is set right as for the press.
  measuredAt: new Date(Math.round((timestamp + now() - Date.now()) / 1000) * 1000).toISOString(),
});

export const createPlace = (): Place => {
  let watchId: number | undefined;
  let last: Fix | undefined;
  const listeners: ((position: Position) => void)[] = [];
  const options = { enableHighAccuracy: true, maximumAge: freshMs };

  const take = (found: GeolocationPosition): void => {
    last = { position: positionIn(found), takenAt: Date.now(), receivedAt: performance.now() };
    for (const listener of listeners) listener(last.position);
  };

  return {
    watch: () => {
      if (!('geolocation' in navigator)) return;
      watchId ??= navigator.geolocation.watchPosition(take, () => undefined, options);
    },
    stop: () => {
      if (watchId !== undefined) navigator.geolocation.clearWatch(watchId);
      watchId = undefined;
    },
    current: () => {
      if (!last) return undefined;
      // One of the two clocks stands while a phone sleeps, the other jumps when it is set.
      const age = Math.max(performance.now() - last.receivedAt, Math.abs(Date.now() - last.takenAt));
      return age <= freshMs ? last.position : undefined;
    },
    onFix: (listener) => {
      listeners.push(listener);
    },
    once: async () =>
      new Promise((resolve) => {
        if (!('geolocation' in navigator)) resolve(undefined);
        else {
          navigator.geolocation.getCurrentPosition(
            (found) => resolve(positionIn(found)),
            () => resolve(undefined),
            { ...options, timeout: 20_000 },
          );
        }
      }),
  };
};
