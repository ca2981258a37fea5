import { fill } from '../../shared/words/fill.ts';
import { type Child, fillWith, h } from './dom.ts';
import { onHold } from './hold.ts';

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

/** The circle that fills while the button is held. */
const ring = (): SVGSVGElement => {
  const made = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  made.setAttribute('viewBox', '0 0 100 100');
  made.setAttribute('aria-hidden', 'true');
  for (const name of ['track', 'fill']) {
    const circle = document.createElementNS('http://www.w3.org/2000/svg', 'circle');
    const attributes = { cx: '50', cy: '50', r: '46', pathLength: '100', class: name };
    for (const [attribute, value] of Object.entries(attributes)) circle.setAttribute(attribute, value);
    made.append(circle);
  }
  return made;
};

/** Held until the circle is full. What a press needs is got ready meanwhile. @returns how to let go */
const heldBy = (button: HTMLElement, { vibrates, prepare, press }: PressButtonOptions): (() => void) => {
  let letGo: (() => void) | undefined;
  return onHold(button, {
    began: () => {
      button.classList.add('holding');
      if (vibrates) vibrate(30);
      letGo = prepare();
    },
    ended: () => {
      button.classList.remove('holding');
      letGo?.();
    },
    held: () => {
      button.classList.remove('holding');
      if (vibrates) vibrate([150, 80, 150]);
      press();
    },
  });
};

/**
 * The one button. Held for a second and a half by finger, mouse, Space or Enter; or tapped, with five seconds to stop
 * it. A screen reader taps for the person and cannot hold: its tap counts down in both modes.
 */
export const pressButton = (options: PressButtonOptions): PressButton => {
  const { mode, words } = options;
  const place = h('div', { class: 'countdown' });
  const tapped = countdown(options, place);
  /** A click follows each touch; only one without is a screen reader's. */
  let wasTouched = false;
  const button = h(
    'button',
    {
      type: 'button',
      id: 'alert',
      class: 'alert',
      'aria-describedby': 'alert-hint',
      pointerdown: () => {
        wasTouched = true;
      },
      click: () => {
        if (mode === 'tap' || !wasTouched) tapped.start();
        wasTouched = false;
      },
    },
    ring(),
    h('span', {}, words.alert),
  );
  const release = mode === 'hold' ? heldBy(button, options) : undefined;
  return {
    element: [
      h('p', { id: 'alert-hint', class: 'soft center' }, mode === 'hold' ? words.holdHint : words.tapHint),
      button,
      place,
    ],
    stop: () => {
      release?.();
      tapped.stop();
    },
  };
};
