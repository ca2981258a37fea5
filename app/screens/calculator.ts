import type { App } from '../app.ts';
import { type Child, fillWith, h } from '../ui/dom.ts';
import { onHold } from '../ui/hold.ts';
import type { View } from '../ui/router.ts';
import { otherThan } from '../words.ts';
import { createCalculator } from './calculator-machine.ts';

const keys = ['7', '8', '9', '÷', '4', '5', '6', '×', '1', '2', '3', '−', '0', '.', '=', '+'];

/** The keys, and what they have come to. */
const machineView = (app: App): Child => {
  const { calculator } = app.words();
  const machine = createCalculator(calculator.error);
  const display = h('output', { class: 'display', 'aria-live': 'polite' }, machine.shown());
  const names: Readonly<Record<string, string>> = {
    '÷': calculator.divided,
    '×': calculator.times,
    '−': calculator.minus,
    '+': calculator.plus,
    '=': calculator.equals,
    '.': calculator.point,
    C: calculator.clear,
  };
  const key = (label: string): Child => {
    const click = (): void => {
      machine.type(label);
      fillWith(display, machine.shown());
    };
    return h('button', { type: 'button', 'aria-label': names[label], click }, label);
  };
  return [display, h('div', { class: 'keys' }, h('div', { class: 'clear' }, key('C')), keys.map(key))];
};

/** A calculator, which works. Behind a long press on its title is what it hides. */
export const calculatorScreen = (app: App, reveal: () => void) => (): View => {
  const { looks, register } = app.words();
  const title = h('h1', { id: 'title', class: 'calculator-title', tabindex: 0 }, looks.calculator.name);
  const otherLanguage = otherThan(app.phone().language);
  const switchLanguage = (): void => {
    void app.setPhone({ language: otherLanguage });
    app.router.again();
  };
  return {
    title: looks.calculator.name,
    disguised: true,
    body: h(
      'div',
      { class: 'calculator' },
      title,
      machineView(app),
      h(
        'button',
        { type: 'button', class: 'bar', lang: otherLanguage, click: switchLanguage },
        register.language.names[otherLanguage],
      ),
    ),
    leave: onHold(title, { held: reveal }),
  };
};
