import { fill } from '../../shared/words/fill.ts';
import { type App, problemText } from '../app.ts';
import { now } from '../phone/http.ts';
import { uuid } from '../phone/uuid.ts';
import { type Child, fillWith, h } from '../ui/dom.ts';
import { form, pinField, radios, textField } from '../ui/form.ts';
import type { View } from '../ui/router.ts';
import { isJson, text } from './contact-status.ts';

const states = ['waiting', 'ok', 'ended', 'missed'] as const;
type CheckIn = {
  readonly checkInId: string;
  readonly dueAt: string;
  readonly label: string;
  readonly state: (typeof states)[number];
};

const checkInsIn = (list: unknown): CheckIn[] =>
  (Array.isArray(list) ? list : []).filter(isJson).map(({ checkInId, dueAt, label, state }) => ({
    checkInId: text(checkInId),
    dueAt: text(dueAt),
    label: text(label),
    state: states.find((each) => each === state) ?? 'waiting',
  }));

const hours = ['1', '2', '4', '8'] as const;

/** One promise: what it is about, until when, and the PIN that answers it. */
const promise = (app: App, checkIn: CheckIn): { readonly element: Child; readonly leave: () => void } => {
  const words = app.words();
  const { checkIns, problems } = words;
  const { checkInId, dueAt, label, state } = checkIn;
  const due = new Date(dueAt).toLocaleString(app.phone().language, {
    hour: 'numeric',
    minute: '2-digit',
    weekday: 'long',
  });
  const title = h('p', {}, h('strong', {}, fill(checkIns.due, { time: due })), label === '' ? '' : `: ${label}`);
  if (state !== 'waiting') {
    return { element: h('li', {}, title, h('p', {}, checkIns.states[state])), leave: () => undefined };
  }
  const pin = pinField(`pin-${checkInId}`, words.register.pin.label);
  const answer = (action: 'ok' | 'end'): string | undefined => {
    const typed = pin.value();
    pin.fail(typed === '' ? problems.empty : undefined);
    if (typed === '') return '';
    // Said now, and it counts from now, even if it is sent when the network is back.
    void app.queue.answerCheckIn({ checkInId, action, saidAt: new Date(now()).toISOString() }, typed);
    return undefined;
  };
  const end = h('button', { type: 'button', click: () => void answer('end') }, checkIns.end);
  const ok = form(pin.element, { label: checkIns.ok, wait: words.wait }, () => answer('ok'));
  const show = (): void => {
    const { record, outcomes } = app.queue.view();
    const outcome = outcomes.get(checkInId);
    if (record.answers.some((each) => each.checkInId === checkInId)) {
      ok.say(app.queue.hasPin(checkInId) ? checkIns.waits : checkIns.asksAgain, 'done');
    } else if (outcome === 'done') ok.say(checkIns.said, 'done');
    else if (outcome === 'missed') ok.say(checkIns.missed);
    else if (outcome !== undefined) ok.say(outcome === 'wrong-pin' ? problems.wrongPin : problems.failed);
  };
  show();
  return { element: h('li', {}, title, ok.element, end), leave: app.queue.onChange(show) };
};

/** Promises to say OK by a time. */
export const checkInsScreen = (app: App) => (): View => {
  const words = app.words();
  const { checkIns, menu } = words;
  const list = h('ul', { class: 'plain' });
  const status = h('p', { role: 'status' }, words.wait);
  let leavers: (() => void)[] = [];
  const leave = (): void => {
    for (const each of leavers) each();
  };
  const read = async (): Promise<void> => {
    const reply = await app.ask('GET', '/v1/check-ins');
    if (reply.kind !== 'ok') {
      fillWith(status, problemText(app, reply));
      return;
    }
    leave();
    const found = checkInsIn(reply.body['checkIns']).map((each) => promise(app, each));
    leavers = found.map((each) => each.leave);
    fillWith(status, found.length === 0 ? checkIns.none : undefined);
    fillWith(
      list,
      found.map(({ element }) => element),
    );
  };
  void read();

  const until = radios(
    'until',
    checkIns.until,
    hours.map((value) => ({ value, label: checkIns.hours[value] })),
  );
  const at = textField({ id: 'at', label: checkIns.at, type: 'datetime-local' });
  const about = textField({ id: 'about', label: checkIns.about, hint: checkIns.aboutHint, maxlength: 100 });
  // The same until it has been made: a lost answer makes no second promise.
  let checkInId = uuid();
  const make = async (): Promise<string | undefined> => {
    const chosen = until.value();
    const typed = Date.parse(at.value());
    until.fail(chosen === undefined && Number.isNaN(typed) ? words.problems.choose : undefined);
    if (chosen === undefined && Number.isNaN(typed)) return '';
    const due = Number.isNaN(typed) ? now() + Number(chosen) * 3_600_000 : typed;
    at.fail(due <= now() ? checkIns.past : undefined);
    if (due <= now()) return '';
    const dueAt = new Date(due).toISOString();
    const label = about.value();
    const reply = await app.ask('POST', '/v1/check-ins', { checkInId, dueAt, ...(label !== '' && { label }) });
    if (reply.kind !== 'ok') return problemText(app, reply);
    checkInId = uuid();
    await read();
    return undefined;
  };
  return {
    title: menu.checkIns,
    body: [
      h('p', {}, checkIns.intro),
      status,
      list,
      form([until.element, at.element, about.element], { label: checkIns.make, wait: words.wait }, make).element,
    ],
    leave,
  };
};
