import { addFault, advanceClock, clearFaults } from './api.js';
import { byId, element } from './dom.js';

/** @typedef {import('./api.js').Fault} Fault */

/** @type {readonly { label: string, fault: Fault }[]} */
const offered = [
  { label: 'Location down', fault: { service: 'location', mode: 'error' } },
  { label: 'Location slow', fault: { service: 'location', mode: 'slow', delayMs: 3000 } },
  { label: 'Location throttled', fault: { service: 'location', mode: 'throttle' } },
  { label: 'SNS down', fault: { service: 'sns', mode: 'error' } },
  { label: 'Table down', fault: { service: 'dynamodb', mode: 'error' } },
];

/** @param {Fault} a @param {Fault} b */
const isSame = (a, b) =>
  a.service === b.service &&
  a.mode === b.mode &&
  a.operation === b.operation &&
  a.count === b.count &&
  a.rate === b.rate;

/** @param {Fault} fault */
const inWords = ({ service, operation, mode, count, rate }) => {
  const limits = [count === undefined ? '' : `${count} calls`, rate === undefined ? '' : `${rate * 100} %`];
  return [service, operation ?? '', mode, ...limits].filter((word) => word !== '').join(' ');
};

/**
 * The buttons that break things and that move the clock.
 * @param {(work: () => Promise<unknown>) => void} perform runs what a button asks for and shows what follows
 */
export const createLevers = (perform) => {
  const place = byId('faults', HTMLElement);
  /** @type {readonly Fault[]} */
  let active = [];

  const buttons = offered.map(({ label, fault }) => {
    const button = element('button', { type: 'button', 'aria-pressed': 'false' }, label);
    button.addEventListener('click', () => {
      perform(async () => {
        const others = active.filter((one) => !isSame(one, fault));
        const isOn = others.length < active.length;
        // The stack forgets faults only all at once.
        await clearFaults();
        for (const one of isOn ? others : [...others, fault]) await addFault(one);
      });
    });
    return { button, fault };
  });
  const clear = element('button', { type: 'button' }, 'Mend all');
  clear.addEventListener('click', () => perform(clearFaults));
  const unknown = element('span', { class: 'muted' });
  place.append(...buttons.map(({ button }) => button), clear, unknown);

  for (const button of byId('clock', HTMLElement).querySelectorAll('button')) {
    button.addEventListener('click', () => perform(() => advanceClock(Number(button.dataset['minutes']))));
  }

  return {
    /** @param {readonly Fault[]} faults */
    show: (faults) => {
      active = faults;
      for (const { button, fault } of buttons) {
        button.setAttribute('aria-pressed', String(faults.some((one) => isSame(one, fault))));
      }
      clear.disabled = faults.length === 0;
      const others = faults.filter((one) => !buttons.some(({ fault }) => isSame(one, fault)));
      unknown.textContent = others.map(inWords).join('; ');
    },
  };
};
