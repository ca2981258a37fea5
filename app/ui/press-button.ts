import { fill } from '../../shared/words/fill.ts';
import type { Child } from './dom.ts';
import { fillWith, h } from './dom.ts';

export type PressButtonOptions = {
  readonly mode: 'hold' | 'tap';
  readonly words: {
    readonly alert: string;
    readonly holdHint: string;
    readonly tapHint: string;
    readonly counting: string;
    readonly stop: string;
  };
  readonly vibrates: boolean;
  /** Called when a hold begins. @returns what is called if it ends too early */
  readonly prepare: () => () => void;
  readonly press: () => void;
};

export type PressButton = { readonly element: Child; readonly stop: () => void };

export const holdMs = 1500;
const countdownSeconds = 5;

const vibrate = (pattern: number | number[]): void => {
  if ('vibrate' in navigator) navigator.vibrate(pattern);
};

/** Tap, and five seconds in which it can be stopped. */
const countdown = (
  { words, vibrates, press }: PressButtonOptions,
  place: HTMLElement,
): { readonly start: () => void; readonly stop: () => void } => {
  let timer: ReturnType<typeof setInterval> | undefined;
  const stop = (): void => {
    clearInterval(timer);
    timer = undefined;
    fillWith(place);
  };
  const start = (): void => {
    if (timer !== undefined) return;
    let seconds = countdownSeconds;
    const text = h('p', { role: 'status', class: 'counting' }, fill(words.counting, { seconds: String(seconds) }));
    const stopper = h('button', { type: 'button', id: 'stop', click: stop }, words.stop);
    fillWith(place, text, stopper);
    stopper.focus();
    if (vibrates) vibrate(80);
    timer = setInterval(() => {
      seconds -= 1;
      fillWith(text, fill(words.counting, { seconds: String(seconds) }));
      if (vibrates) vibrate(80);
      if (seconds > 0) return;
      stop();
      press();
    }, 1000);
  };
  return { start, stop };
};

/**
 * The one button. Held for a second and a half by finger, mouse, Space or Enter; or tapped, with five seconds to stop
 * it. A screen reader taps for the person and cannot hold: its tap counts down in both modes.
 */
export const pressButton = (options: PressButtonOptions): PressButton => {
  const { mode, words, vibrates, prepare, press } = options;
  const place = h('div', { class: 'countdown' });
  const tapped = countdown(options, place);
  let holding: ReturnType<typeof setTimeout> | undefined;
  /** A click follows each touch and key; only one without either is a screen reader's. */
  let wasTouched = false;

  let letGo: (() => void) | undefined;
  const release = (): void => {
    clearTimeout(holding);
    holding = undefined;
    button.classList.remove('holding');
    letGo?.();
    letGo = undefined;
  };
  const hold = (): void => {
    if (holding !== undefined) return;
    button.classList.add('holding');
    if (vibrates) vibrate(30);
    letGo = prepare();
    holding = setTimeout(() => {
      letGo = undefined;
      release();
      if (vibrates) vibrate([150, 80, 150]);
      press();
    }, holdMs);
  };
  const isPressKey = (event: Event): boolean =>
    event instanceof KeyboardEvent && (event.key === ' ' || event.key === 'Enter');

  const button: HTMLButtonElement = h('button', {
    type: 'button',
    id: 'alert',
    class: 'alert',
    'aria-describedby': 'alert-hint',
    pointerdown: (event) => {
      wasTouched = true;
      if (mode === 'hold' && event instanceof PointerEvent && event.button === 0) hold();
    },
    pointerup: release,
    pointercancel: release,
    pointerleave: release,
    blur: release,
    keydown: (event) => {
      if (mode !== 'hold' || !isPressKey(event)) return;
      // Else Enter would click again and again, and Space scroll.
      event.preventDefault();
      hold();
    },
    keyup: (event) => {
      if (mode !== 'hold' || !isPressKey(event)) return;
      event.preventDefault();
      release();
    },
    contextmenu: (event) => event.preventDefault(),
    click: () => {
      if (mode === 'tap' || !wasTouched) tapped.start();
      wasTouched = false;
    },
  });
  const ring = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  ring.setAttribute('viewBox', '0 0 100 100');
  ring.setAttribute('aria-hidden', 'true');
  for (const name of ['track', 'fill']) {
    const circle = document.createElementNS('http://www.w3.org/2000/svg', 'circle');
    for (const [attribute, value] of [
      ['cx', '50'],
      ['cy', '50'],
      ['r', '46'],
      ['pathLength', '100'],
      ['class', name],
    ] as const) {
      circle.setAttribute(attribute, value);
    }
    ring.append(circle);
  }
  button.append(ring, h('span', {}, words.alert));

  return {
    element: [
      h('p', { id: 'alert-hint', class: 'soft center' }, mode === 'hold' ? words.holdHint : words.tapHint),
      button,
      place,
    ],
    stop: () => {
      release();
      tapped.stop();
    },
  };
};
