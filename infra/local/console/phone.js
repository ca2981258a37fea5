import { readClockOffset, refusal, send } from './api.js';
import { byId, element } from './dom.js';
import { personName, registerFamily } from './family.js';
import { statusView } from './status.js';
import { afterText } from './time.js';

/**
 * @typedef {import('./family.js').Family} Family
 * @typedef {import('./timeline-rows.js').Story} Story
 * @typedef {import('./api.js').AlertStatus} AlertStatus
 * @typedef {{ alertId: string, body: object, isStored: boolean }} Press
 * @typedef {{ family: Family | undefined, press: Press | undefined, story: Story | undefined }} Kept
 */

const unregistered = 'A press without a family registers one first.';
const keptAs = 'alert-button-console';

/** @type {Kept} */
const nothing = { family: undefined, press: undefined, story: undefined };

/** What the phone knows survives a reload of the page, as it would on a phone. @returns {Kept} */
const recall = () => {
  const kept = sessionStorage.getItem(keptAs);
  return kept === null ? { ...nothing } : /** @type {Kept} */ (JSON.parse(kept));
};

/** @param {Family} family */
const inWords = ({ language, contacts, consent }) => {
  const count = contacts.length === 1 ? '1 contact' : `${contacts.length} contacts`;
  const authorised = consent ? 'authorises the consulate' : 'does not authorise the consulate';
  return `${personName}, ${language === 'es' ? 'Spanish' : 'English'}, ${count}, ${authorised}`;
};

/**
 * The person's phone: registers, presses, and asks what became of the alert.
 * @param {ReturnType<typeof import('./place.js').createPlace>} place
 * @param {import('./api.js').City[]} cities
 */
export const createPhone = (place, cities) => {
  const form = byId('family-form', HTMLFormElement);
  const fold = byId('family', HTMLDetailsElement);
  const drill = byId('drill', HTMLInputElement);
  const again = byId('again', HTMLButtonElement);
  const statusPlace = byId('status', HTMLElement);
  byId('family-form', HTMLFormElement)
    .querySelector('[name=home]')
    ?.append(...cities.map(({ name }) => element('option', { value: name }, name)));

  const state = recall();
  fold.open = state.family === undefined;
  /** @type {AlertStatus | undefined} */
  let status;

  const keep = () => sessionStorage.setItem(keptAs, JSON.stringify(state));

  /** @param {string} text */
  const say = (text) => {
    byId('answer', HTMLElement).textContent = text;
  };

  const show = () => {
    const { family, press, story } = state;
    byId('family-summary', HTMLElement).textContent =
      family === undefined ? 'Nobody is registered yet' : inWords(family);
    again.hidden = press === undefined;
    const view = status === undefined || story === undefined ? [] : statusView(status, story.sentAt);
    statusPlace.hidden = view.length === 0;
    statusPlace.replaceChildren(...view);
    place.showOnMap(place.position(), status?.consulate?.id);
  };

  /** The stack was reset, or is another one than that which knew this family. */
  const forget = () => {
    Object.assign(state, nothing);
    status = undefined;
    sessionStorage.removeItem(keptAs);
    fold.open = true;
    say(unregistered);
    show();
  };

  const register = async () => {
    const wishes = new FormData(form);
    const home = cities.find(({ name }) => name === wishes.get('home'));
    state.story = {
      sentAt: Date.now() + (await readClockOffset()),
      told: [{ after: 0, text: 'Registers a family', failed: false }],
    };
    state.press = undefined;
    status = undefined;
    state.family = await registerFamily({
      language: wishes.get('language') === 'en' ? 'en' : 'es',
      contacts: Number(wishes.get('contacts')),
      consent: wishes.has('consent'),
      home: home && { latitude: home.latitude, longitude: home.longitude },
    });
    say('Registered. The contacts with a phone are told that they were chosen.');
    keep();
    fold.open = false;
    show();
  };

  /** @param {Press} press @param {string} text for the timeline */
  const sendPress = async (press, text) => {
    if (state.family === undefined) return;
    const offset = await readClockOffset();
    const sentAt = Date.now() + offset;
    state.story ??= { sentAt, told: [] };
    const { told, sentAt: begin } = state.story;
    told.push({ after: sentAt - begin, text, failed: false });
    const answer = await send('POST', '/v1/alerts', { body: press.body, token: state.family.token });
    const answeredAt = Date.now() + offset;
    const isTaken = answer.status === 200 || answer.status === 202;
    press.isStored ||= isTaken;
    const meaning = answer.status === 202 ? 'stored' : answer.status === 200 ? 'known already' : 'not stored';
    told.push({ after: answeredAt - begin, text: `Answered ${answer.status}: ${meaning}`, failed: !isTaken });
    const took = afterText(answeredAt - sentAt);
    say(
      isTaken
        ? `Answered ${answer.status} in ${took}: ${meaning}.`
        : `Answered ${refusal(answer)} in ${took}. A phone keeps trying with the same id.`,
    );
    keep();
  };

  say(state.family === undefined ? unregistered : '');

  return {
    family: () => state.family,
    story: () => state.story,
    register,
    show,
    /** A new press: with nobody registered, after registering. */
    press: async () => {
      if (state.family === undefined) await register();
      const position = place.position();
      const alertId = crypto.randomUUID();
      const body = {
        alertId,
        ...(position && { position: { ...position, accuracyMeters: 20 } }),
        drill: drill.checked,
      };
      status = undefined;
      state.story = undefined;
      state.press = { alertId, body, isStored: false };
      await sendPress(state.press, drill.checked ? 'Presses, as a drill' : 'Presses');
      show();
    },
    /** The same press once more, as a phone that lost the answer sends it. */
    again: async () => {
      if (state.press !== undefined) await sendPress(state.press, 'Sends the same press again');
    },
    /** Asks what became of the alert. */
    ask: async () => {
      const { family, press } = state;
      if (family === undefined || press?.isStored !== true) return;
      const answer = await send('GET', `/v1/alerts/${press.alertId}`, { token: family.token });
      if (press !== state.press) return;
      if (answer.status === 401) forget();
      if (answer.status === 200) status = /** @type {AlertStatus} */ (answer.body);
      show();
    },
    forget,
    form,
    againButton: again,
  };
};
