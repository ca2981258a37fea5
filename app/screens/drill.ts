import type { App } from '../app.ts';
import { uuid } from '../phone/uuid.ts';
import { now } from '../phone/http.ts';
import { type Press, wordFor } from '../queue/record.ts';
import { type Child, fillWith, h } from '../ui/dom.ts';

/** Stores a press and begins to send it; positioning and battery go with it as far as they are known. */
export const pressNow = async (app: App, drill: boolean, battery: number | undefined): Promise<string> => {
  const alertId = uuid();
  const position = app.place.current();
  await app.queue.press({
    alertId,
    drill,
    pressedAt: new Date(now()).toISOString(),
    ...(position && { position }),
    ...(battery !== undefined && { battery }),
  });
  return alertId;
};

/** The word for a press, alone in its element, and what it means. */
export const wordView = (app: App, press: Press, underWay: string | undefined, seen: boolean): Child => {
  const { after, drill } = app.words();
  const word = wordFor(press, underWay);
  if (word === 'refused') {
    return h('p', { class: 'error' }, press.refusal === 'drills-used-up' ? drill.usedUp : after.refused);
  }
  return [
    h('strong', { class: `word ${word}` }, after.words[word]),
    h('p', {}, seen ? after.hints.seen : after.hints[word]),
  ];
};

/** A button that runs a drill, and what has become of it. */
export const drillPanel = (app: App): { readonly element: Child; readonly leave: () => void } => {
  const { drill } = app.words();
  const status = h('div', { role: 'status' });
  let alertId: string | undefined;
  const show = (): void => {
    const { record, underWay } = app.queue.view();
    const press = record.presses.find((each) => each.alertId === alertId);
    if (press) fillWith(status, h('p', { class: 'drill' }, drill.title), wordView(app, press, underWay, false));
  };
  const leave = app.queue.onChange(show);
  const run = async (): Promise<void> => {
    alertId = await pressNow(app, true, undefined);
    show();
  };
  return { element: [h('button', { type: 'button', click: () => void run() }, drill.run), status], leave };
};
