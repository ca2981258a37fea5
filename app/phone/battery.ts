const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

let level: number | undefined;

/** Percent, as last seen; iPhones do not say. */
export const batteryPercent = (): number | undefined => level;

/** Begins to look. Nothing waits for it. */
export const watchBattery = async (): Promise<void> => {
  const get: unknown = Reflect.get(navigator, 'getBattery');
  if (typeof get !== 'function') return;
  const battery: unknown = await Promise.resolve(Reflect.apply(get, navigator, [])).catch(() => undefined);
  const read = (): void => {
    const now = isRecord(battery) ? battery['level'] : undefined;
    if (typeof now === 'number') level = Math.round(now * 100);
  };
  read();
  if (battery instanceof EventTarget) battery.addEventListener('levelchange', read);
};
