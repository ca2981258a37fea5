import { fill } from '../../../shared/words/fill.ts';
import { generate } from 'lean-qr/nano';
import { type App, problemText } from '../../app.ts';
import { type Child, fillWith, h } from '../../ui/dom.ts';
import type { View } from '../../ui/router.ts';
import { changeForm, changeScreen } from '../change-form.ts';
import { isJson, text } from '../contact-status.ts';

/** A picture of the address for another phone's camera. */
const squares = (address: string, label: string): Child => {
  const code = generate(address);
  const canvas = h('canvas', { class: 'qr', role: 'img', 'aria-label': label });
  code.toCanvas(canvas, { on: [0, 0, 0, 255], off: [255, 255, 255, 255] });
  return canvas;
};

/** A code that makes another phone one of this family's. */
const codeView = (app: App, code: string, expiresAt: string): Child => {
  const { settings } = app.words();
  const address = `${location.origin}/#c=${code}`;
  const time = new Date(expiresAt).toLocaleTimeString(app.phone().language, { hour: 'numeric', minute: '2-digit' });
  return [
    h('p', {}, settings.codeIs),
    h('p', { class: 'code' }, code),
    squares(address, code),
    h('p', { class: 'soft' }, location.origin),
    h('p', { class: 'soft' }, fill(settings.codeUntil, { time })),
  ];
};

/** The other phones, and a code for one more. */
export const phonesScreen = (app: App) => (): View => {
  const words = app.words();
  const { settings } = words;
  const place = h('div', {});
  const list = h('ul', { class: 'plain' });
  const make = changeForm(app, {
    id: 'pin',
    fields: h('p', {}, settings.phonesHint),
    button: settings.makeCode,
    path: '/v1/family/devices',
    body: () => ({ as: 'code' }),
    done: ({ code, expiresAt }) => {
      fillWith(place, codeView(app, text(code), text(expiresAt)));
      return undefined;
    },
  });
  const deviceItem = ({ deviceId, addedAt, thisDevice }: Readonly<Record<string, unknown>>): Child => {
    if (thisDevice === true) return h('li', {}, settings.thisPhone);
    const date = new Date(text(addedAt)).toLocaleDateString(app.phone().language);
    const name = fill(settings.otherPhone, { date });
    const revoke = changeScreen(app, name, {
      button: words.remove,
      path: `/v1/family/devices/${text(deviceId)}/revoke`,
      body: () => ({}),
      done: () => {
        app.router.back();
        return undefined;
      },
    });
    const open = (): void => app.router.open(revoke);
    return h(
      'li',
      { class: 'row' },
      h('span', {}, name),
      h(
        'button',
        { type: 'button', class: 'small', 'aria-label': `${words.remove}: ${name}`, click: open },
        words.remove,
      ),
    );
  };
  const read = async (): Promise<void> => {
    const reply = await app.ask('GET', '/v1/family');
    const devices = reply.kind === 'ok' ? reply.body['devices'] : [];
    if (reply.kind !== 'ok') fillWith(place, problemText(app, reply));
    fillWith(list, (Array.isArray(devices) ? devices : []).filter(isJson).map(deviceItem));
  };
  void read();
  return { title: settings.phones, body: [make.element, place, list] };
};
