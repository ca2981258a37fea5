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
 * @typedef {object} Phone
 * @property {ReturnType<typeof import('./place.js').createPlace>} place
 * @property {import('./api.js').City[]} cities
 * @property {HTMLFormElement} form
 * @property {Kept} kept
 * @property {AlertStatus | undefined} status
 */

/** @param {Phone} phone */
const keep = ({ kept }) => sessionStorage.setItem(keptAs, JSON.stringify(kept));

/** @param {string} text */
const say = (text) => {
  byId('answer', HTMLElement).textContent = text;
};

/** @param {boolean} open */
const foldOut = (open) => {
  byId('family', HTMLDetailsElement).open = open;
};

/** @param {Phone} phone */
const show = ({ kept: { family, press, story }, status, place }) => {
  byId('family-summary', HTMLElement).textContent = family === undefined ? 'Nobody is registered yet' : inWords(family);
  byId('again', HTMLButtonElement).hidden = press === undefined;
  const view = status === undefined || story === undefined ? [] : statusView(status, story.sentAt);
  const statusPlace = byId('status', HTMLElement);
  statusPlace.hidden = view.length === 0;
  statusPlace.replaceChildren(...view);
  place.showOnMap(place.position(), status?.consulate?.id);
};

/** The stack was reset, or is another one than that which knew this family. @param {Phone} phone */
const forget = (phone) => {
  Object.assign(phone.kept, nothing);
  phone.status = undefined;
  sessionStorage.removeItem(keptAs);
  foldOut(true);
  say(unregistered);
  show(phone);
};

/** @param {Phone} phone */
const register = async (phone) => {
  const { kept, cities } = phone;
  const wishes = new FormData(phone.form);
  const home = cities.find(({ name }) => name === wishes.get('home'));
  kept.story = {
    sentAt: Date.now() + (await readClockOffset()),
    told: [{ after: 0, text: 'Registers a family', failed: false }],
  };
  kept.press = undefined;
  phone.status = undefined;
  kept.family = await registerFamily({
    language: wishes.get('language') === 'en' ? 'en' : 'es',
    contacts: Number(wishes.get('contacts')),
    consent: wishes.has('consent'),
    home: home && { latitude: home.latitude, longitude: home.longitude },
  });
  say('Registered. The contacts with a phone are told that they were chosen.');
  keep(phone);
  foldOut(false);
  show(phone);
};

/** @param {number} status of the answer to a press */
const meaningOf = (status) => (status === 202 ? 'stored' : status === 200 ? 'known already' : 'not stored');

/** @param {Phone} phone @param {Press} press @param {string} text for the timeline */
const sendPress = async (phone, press, text) => {
  const { kept } = phone;
  if (kept.family === undefined) return;
  const offset = await readClockOffset();
  const sentAt = Date.now() + offset;
  kept.story ??= { sentAt, told: [] };
  const { told, sentAt: begin } = kept.story;
  told.push({ after: sentAt - begin, text, failed: false });
  const answer = await send('POST', '/v1/alerts', { body: press.body, token: kept.family.token });
  const answeredAt = Date.now() + offset;
  const isTaken = answer.status === 200 || answer.status === 202;
  press.isStored ||= isTaken;
  const meaning = meaningOf(answer.status);
  told.push({ after: answeredAt - begin, text: `Answered ${answer.status}: ${meaning}`, failed: !isTaken });
  const took = afterText(answeredAt - sentAt);
  say(
    isTaken
      ? `Answered ${answer.status} in ${took}: ${meaning}.`
      : `Answered ${refusal(answer)} in ${took}. A phone keeps trying with the same id.`,
  );
  keep(phone);
};

/** A new press: with nobody registered, after registering. @param {Phone} phone */
const press = async (phone) => {
  const { kept, place } = phone;
  if (kept.family === undefined) await register(phone);
  const position = place.position();
  const alertId = crypto.randomUUID();
  const drill = byId('drill', HTMLInputElement).checked;
  const body = { alertId, ...(position && { position: { ...position, accuracyMeters: 20 } }), drill };
  phone.status = undefined;
  kept.story = undefined;
  kept.press = { alertId, body, isStored: false };
  await sendPress(phone, kept.press, drill ? 'Presses, as a drill' : 'Presses');
  show(phone);
};

/** Asks what became of the alert. @param {Phone} phone */
const ask = async (phone) => {
  const { family, press: asked } = phone.kept;
  if (family === undefined || asked?.isStored !== true) return;
  const answer = await send('GET', `/v1/alerts/${asked.alertId}`, { token: family.token });
  if (asked !== phone.kept.press) return;
  if (answer.status === 401) forget(phone);
  if (answer.status === 200) phone.status = /** @type {AlertStatus} */ (answer.body);
  show(phone);
};

/**
 * The person's phone: registers, presses, and asks what became of the alert.
 * @param {Phone['place']} place
 * @param {Phone['cities']} cities
 */
export const createPhone = (place, cities) => {
  const form = byId('family-form', HTMLFormElement);
  form.querySelector('[name=home]')?.append(...cities.map(({ name }) => element('option', { value: name }, name)));
  /** @type {Phone} */
  const phone = { place, cities, form, kept: recall(), status: undefined };
  const { kept } = phone;
  foldOut(kept.family === undefined);
  say(kept.family === undefined ? unregistered : '');
  return {
    family: () => kept.family,
    story: () => kept.story,
    register: () => register(phone),
    show: () => show(phone),
    press: () => press(phone),
    /** The same press once more, as a phone that lost the answer sends it. */
    again: async () => {
      if (kept.press !== undefined) await sendPress(phone, kept.press, 'Sends the same press again');
    },
    ask: () => ask(phone),
    forget: () => forget(phone),
    form,
    againButton: byId('again', HTMLButtonElement),
  };
};
