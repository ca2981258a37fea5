import { element } from './dom.js';
import { afterText } from './time.js';

/**
 * @typedef {import('./api.js').AlertStatus} AlertStatus
 * @typedef {AlertStatus['destinations'][number]} Destination
 */

/** @type {Readonly<Record<NonNullable<AlertStatus['basis']>, string>>} */
const basisTexts = {
  location: 'nearest, by Amazon Location',
  'great-circle': 'nearest, by our own distance: Location gave no answer in time',
  home: 'nearest to the registered home: the press had no position',
  district: 'responsible for the county; a nearer office was told beside it',
  ministry: 'the ministry owns the alert: neither a position nor a home is known',
  'not-authorised': 'nobody: consular contact was not authorised',
};

/** @param {AlertStatus} status */
const office = ({ consulate, nearest, basis }) => {
  const why = basis === null ? 'not chosen yet' : basisTexts[basis];
  if (consulate === null) return element('p', {}, element('span', { class: 'muted' }, `Office: ${why}`));
  const { name, distanceMeters, emergencyPhone } = consulate;
  const distance = distanceMeters === null ? '' : `${(distanceMeters / 1000).toFixed(1)} km, `;
  return element(
    'p',
    {},
    element('strong', {}, name),
    element('br'),
    element('span', { class: 'muted' }, `${distance}${why}. To call: ${emergencyPhone}`),
    ...(nearest ? [element('br'), element('span', { class: 'muted' }, `Nearest: ${nearest.name}`)] : []),
  );
};

/** @param {number} sentAt */
const reached = (sentAt) => {
  /** @param {Destination} destination */
  return ({ kind, status, at }) =>
    element(
      'li',
      { class: `reached ${status}` },
      element('span', {}, kind),
      element('strong', {}, status),
      element('span', { class: 'muted' }, at === undefined ? '' : afterText(Date.parse(at) - sentAt)),
    );
};

/**
 * `GET /v1/alerts/{alertId}` in words.
 * @param {AlertStatus} status
 * @param {number} sentAt when the press was sent, epoch ms
 */
export const statusView = (status, sentAt) => [
  element(
    'h3',
    {},
    'The phone sees: ',
    element('span', { class: 'state' }, status.state),
    ...(status.drill ? [' ', element('span', { class: 'drill' }, 'drill')] : []),
  ),
  element('ul', {}, ...status.destinations.map(reached(sentAt))),
  office(status),
];
