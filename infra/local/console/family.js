import { refusal, send } from './api.js';

/**
 * @typedef {{ name: string, channel: 'sms' | 'email', endpoint: string }} Contact
 * @typedef {{ familyId: string, token: string, language: 'es' | 'en', consent: boolean, contacts: Contact[] }} Family
 */

export const personName = 'María Fernanda Ruiz';

/**
 * Nobody's: the numbers are of ranges kept for fiction, the mailbox of a domain kept for examples. They differ from
 * family to family, for one number may join only a few a day.
 * @returns {Contact[]}
 */
const inventContacts = () => {
  const twoDigits = () => String(Math.floor(Math.random() * 100)).padStart(2, '0');
  return [
    { name: 'José', channel: 'sms', endpoint: `+121355501${twoDigits()}` },
    { name: 'Lupita', channel: 'email', endpoint: `lupita.${twoDigits()}${twoDigits()}@example.com` },
    { name: 'Rosa', channel: 'sms', endpoint: `+5255555501${twoDigits()}` },
  ];
};

/**
 * @param {{ language: 'es' | 'en', contacts: number, consent: boolean,
 *   home: import('./projection.js').Position | undefined }} wishes
 * @returns {Promise<Family>} rejects with a text for people
 */
export const registerFamily = async ({ language, contacts: count, consent, home }) => {
  const contacts = inventContacts().slice(0, count);
  const answer = await send('POST', '/v1/families', {
    body: {
      person: { name: personName, language, ...(home === undefined ? {} : { homePosition: home }) },
      contacts,
      pin: '4821',
      consent: { consularNotification: consent, version: '2026-01' },
    },
  });
  if (answer.status !== 201) throw new Error(`The registration was answered ${refusal(answer)}`);
  const { familyId, deviceToken } = /** @type {import('./api.js').Registration} */ (answer.body);
  return { familyId, token: deviceToken, language, consent, contacts };
};
