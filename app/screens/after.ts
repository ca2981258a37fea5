import { fill } from '../../shared/words/fill.ts';
import { type App, lineToCall } from '../app.ts';
import type { Press } from '../queue/record.ts';
import type { Outcome } from '../queue/steps.ts';
import { type Child, fillIfNew, h } from '../ui/dom.ts';
import { form, pinField } from '../ui/form.ts';
import type { View } from '../ui/router.ts';
import { type AlertStatus, readStatus } from './alert-status.ts';
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

/** What is left to do: recover a phone that is not known, be safe again, go back to the button. */
const ending = (app: App, press: Press, outcome: Outcome | undefined): Child => {
  const { after, start } = app.words();
  const recover = (label: string, main = false): Child =>
    h(
      'button',
      { type: 'button', class: main ? 'main' : undefined, click: () => app.router.open(recoverScreen(app)) },
      label,
    );
  return [
    press.refusal === 'unknown-phone' && recover(start.recover, true),
    press.closed === true && [
      h('p', { class: 'note', role: 'status' }, outcome === 'done' ? after.cancelled : after.closed),
      h('p', {}, after.safeHint),
      recover(after.safe),
    ],
    h('button', { type: 'button', click: app.goToButton }, after.toButton),
  ];
};

/** The PIN that cancels, and what has become of it. */
const cancelForm = (
  app: App,
  alertId: string,
): { readonly element: HTMLElement; readonly show: (press: Press) => void } => {
  const { after, problems, wait, register } = app.words();
  const pin = pinField('pin', register.pin.label, after.cancelHint);
  const made = form(pin.element, { label: after.cancel, wait, plain: true }, () => {
    const typed = pin.value();
    pin.fail(typed === '' ? problems.empty : undefined);
    if (typed === '') return '';
    void app.queue.cancel(alertId, typed);
    return undefined;
  });
  const show = ({ closed, cancelling }: Press): void => {
    made.element.hidden = closed === true;
    if (app.queue.view().outcomes.get(alertId) === 'wrong-pin') made.say(problems.wrongPin);
    else if (cancelling === true) {
      made.say(app.queue.hasPin(alertId) ? after.cancelWaits : after.cancelAgain, 'done');
    }
  };
  return { element: made.element, show };
};

const pressOf = (app: App, alertId: string): Press | undefined =>
  app.queue.view().record.presses.find((each) => each.alertId === alertId);

/** Asks for the state from time to time, while somebody looks. @returns how to stop */
const follow = (app: App, alertId: string, take: (status: AlertStatus) => void): (() => void) => {
  let polls = 0;
  let hasLeft = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const poll = async (): Promise<void> => {
    const press = pressOf(app, alertId);
    if (press?.sent === 'yes' && press.closed !== true && document.visibilityState === 'visible') {
      polls += 1;
      const status = await readStatus(app, alertId);
      if (hasLeft) return;
      if (status) take(status);
      if (status?.closed === true) await app.queue.close(alertId);
    }
    timer = setTimeout(() => void poll(), press?.sent === 'yes' ? nextPollMs(polls) : 1000);
  };
  void poll();
  return () => {
    hasLeft = true;
    clearTimeout(timer);
  };
};

/** After the press: whether it has arrived, who was told, and how to cancel it. */
export const afterScreen = (app: App, alertId: string) => (): View => {
  const { after } = app.words();
  const openedAt = performance.now();
  let status: AlertStatus | undefined;
  const word = h('div', { role: 'status' });
  const call = h('div', {});
  const details = h('div', {});
  const end = h('div', {});
  const cancel = cancelForm(app, alertId);

  const show = (): void => {
    const press = pressOf(app, alertId);
    if (!press) return;
    const { underWay, outcomes } = app.queue.view();
    fillIfNew(word, wordView(app, press, underWay, status?.seen === true));
    const isLate = press.sent !== 'yes' && performance.now() - openedAt >= callAfterMs;
    fillIfNew(call, isLate && callLink(app));
    const place = (press.position ?? app.place.current()) ? after.position : after.noPosition;
    fillIfNew(details, press.closed !== true && [status && told(app, status), h('p', { class: 'soft' }, place)]);
    cancel.show(press);
    fillIfNew(end, ending(app, press, outcomes.get(alertId)));
  };
  show();
  const late = setTimeout(show, callAfterMs);
  const stopListening = app.queue.onChange(show);
  const stopFollowing = follow(app, alertId, (read) => {
    status = read;
    show();
  });
  return {
    title: after.title,
    body: [word, call, details, cancel.element, end],
    leave: () => {
      clearTimeout(late);
      stopListening();
      stopFollowing();
    },
  };
};
