export type HoldOptions = {
  readonly began?: () => void;
  /** Let go too early. */
  readonly ended?: () => void;
  readonly held: () => void;
};

const holdMs = 1500;

const isHoldKey = (event: Event): boolean =>
  event instanceof KeyboardEvent && (event.key === ' ' || event.key === 'Enter');

/**
 * Calls back once an element has been held for a second and a half: by finger, mouse, Space or Enter.
 * @returns how to let go
 */
export const onHold = (element: HTMLElement, { began, ended, held }: HoldOptions): (() => void) => {
  let holding: ReturnType<typeof setTimeout> | undefined;
  const release = (): void => {
    if (holding === undefined) return;
    clearTimeout(holding);
    holding = undefined;
    ended?.();
  };
  const hold = (): void => {
    if (holding !== undefined) return;
    began?.();
    holding = setTimeout(() => {
      holding = undefined;
      held();
    }, holdMs);
  };
  element.addEventListener('pointerdown', ({ button }) => {
    if (button === 0) hold();
  });
  for (const name of ['pointerup', 'pointercancel', 'pointerleave', 'blur']) element.addEventListener(name, release);
  element.addEventListener('keydown', (event) => {
    if (!isHoldKey(event)) return;
    // Else Enter would click again and again, and Space scroll.
    event.preventDefault();
    hold();
  });
  element.addEventListener('keyup', (event) => {
    if (!isHoldKey(event)) return;
    event.preventDefault();
    release();
  });
  element.addEventListener('contextmenu', (event) => event.preventDefault());
  return release;
};
