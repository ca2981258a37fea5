const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

let level: number | undefined;

/** Percent, as last seen; iPhones do not say. One percent is 0.01: the service leaves out 1, which may be a full battery. */
export const batteryPercent = (): number | undefined => level;

/** Begins to look. Nothing waits for it. */
export const watchBattery = async (): Promise<void> => {
  const get: unknown = Reflect.get(navigator, 'getBattery');
  if (typeof get !== 'function') return;
  const battery: unknown = await Promise.resolve(Reflect.apply(get, navigator, [])).catch(() => undefined);
  const read = (): void => {
    const now = isRecord(battery) ? battery['level'] : undefined;
    if (typeof now !== 'number') return;
    const percent = Math.round(now * 100);
    level = percent === 1 ? 0.01 : percent;
  };
  read();
  if (battery instanceof EventTarget) battery.addEventListener('levelchange', read);
};
