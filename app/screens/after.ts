import { fill } from '../../shared/words/fill.ts';
import type { App } from '../app.ts';
import { lineToCall } from '../app.ts';
import type { Child } from '../ui/dom.ts';
import { fillWith, h } from '../ui/dom.ts';
import { form, pinField } from '../ui/form.ts';
import type { View } from '../ui/router.ts';
import { readStatus } from './alert-status.ts';
import type { AlertStatus } from './alert-status.ts';
import { wordView } from './drill.ts';
import { recoverScreen } from './recover.ts';

/** Without an answer for so long, a person is given somebody to call. */
const callAfterMs = 8000;

/** How long until the state is asked for again: seldom once it has been a while, as each asks the service. */
const nextPollMs = (polls: number): number => (polls < 12 ? 5000 : polls < 40 ? 15_000 : 60_000);

const callLink = (app: App): Child => {
  const line = lineToCall(app);
  return line && h('a', { class: 'call', href: `tel:${line.phone}` }, fill(app.words().after.call, line));
};

/** Who was told, as far as the phone may know. Without consent there is nobody but the contacts. */
const told = (app: App, status: AlertStatus): Child => {
  const { after } = app.words();
  const nameOf = (kind: string): string | undefined => {
    if (kind === 'family') return after.family;
    if (!app.phone().consent) return undefined;
    return kind === 'ministry' ? after.ministry : status.office;
  };
  return [
    h('h2', {}, after.who),
    h(
      'ul',
      { class: 'plain' },
      status.destinations.map(({ kind, status: reached }) => {
        const name = nameOf(kind);
        return name !== undefined && h('li', {}, h('strong', {}, name), `: ${after.status[reached]}`);
      }),
    ),
  ];
};

/** After the press: whether it has arrived, who was told, and how to cancel it. */
export const afterScreen = (app: App, alertId: string) => (): View => {
  const { after, problems, wait, start } = app.words();
  const { queue } = app;
  const openedAt = performance.now();
  let status: AlertStatus | undefined;

  const word = h('div', { role: 'status', class: 'now' });
  const call = h('div', {});
  const details = h('div', {});
  const end = h('div', {});

  const pin = pinField('pin', app.words().register.pin.label, after.cancelHint);
  const cancel = form(pin.element, { label: after.cancel, wait, plain: true }, () => {
    const typed = pin.value();
    pin.fail(typed === '' ? problems.empty : undefined);
    if (typed === '') return '';
    void queue.cancel(alertId, typed);
    return undefined;
  });

  /** Puts it there only if it is new: a screen reader says it each time. */
  const say = (view: Child): void => {
    const made = h('div', {}, view);
    if (made.innerHTML !== word.innerHTML) fillWith(word, Array.from(made.childNodes));
  };
  const show = (): void => {
    const { record, underWay, outcomes } = queue.view();
    const press = record.presses.find((each) => each.alertId === alertId);
    if (!press) return;
    const isClosed = press.closed === true;
    const outcome = outcomes.get(alertId);
    say(wordView(app, press, underWay, status?.seen === true));
    const isLate = performance.now() - openedAt >= callAfterMs;
    fillWith(call, press.sent !== 'yes' && isLate && callLink(app));
    const isPlaced = press.position ?? app.place.current();
    fillWith(
      details,
      !isClosed && status && told(app, status),
      !isClosed && h('p', { class: 'soft' }, isPlaced ? after.position : after.noPosition),
    );
    cancel.element.hidden = isClosed;
    if (outcome === 'wrong-pin') cancel.say(problems.wrongPin);
    else if (press.cancelling === true)
      cancel.say(queue.hasPin(alertId) ? after.cancelWaits : after.cancelAgain, 'done');
    fillWith(
      end,
      press.refusal === 'unknown-phone' &&
        h('button', { type: 'button', class: 'main', click: () => app.router.open(recoverScreen(app)) }, start.recover),
      isClosed && [
        h('p', { class: 'note', role: 'status' }, outcome === 'done' ? after.cancelled : after.closed),
        h('p', {}, after.safeHint),
        h('button', { type: 'button', click: () => app.router.open(recoverScreen(app)) }, after.safe),
      ],
      h('button', { type: 'button', click: app.goToButton }, after.toButton),
    );
  };

  let polls = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const poll = async (): Promise<void> => {
    const press = queue.view().record.presses.find((each) => each.alertId === alertId);
    if (press?.sent === 'yes' && press.closed !== true && document.visibilityState === 'visible') {
      const read = await readStatus(app, alertId);
      if (read) {
        status = read;
        if (read.closed) await queue.close(alertId);
        show();
      }
      polls += 1;
    }
    timer = setTimeout(() => void poll(), press?.sent === 'yes' ? nextPollMs(polls) : 1000);
  };
  const stopListening = queue.onChange(show);
  const late = setTimeout(show, callAfterMs);
  show();
  void poll();
  return {
    title: after.title,
    body: [word, call, details, cancel.element, end],
    leave: () => {
      stopListening();
      clearTimeout(late);
      clearTimeout(timer);
    },
  };
};
