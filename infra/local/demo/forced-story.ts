import * as z from 'zod';
import { registerFamilyResponse } from '../../../shared/contracts/families.ts';
import type { InboxMessage } from '../../local-aws/sns/state.ts';
import { chapters } from './chapters.ts';
import { call, personName, press, statusOf } from './phone.ts';
import type { Demo, Story } from './story.ts';
import { heading, sentence } from './text.ts';

/** Nobody's numbers. */
const people = {
  '+12135550147': 'José',
  '+12135550149': 'Marta, who is to know the truth',
  '+12135550166': 'the phone of whoever forces her',
} as const;
const [jose, marta, captor] = ['+12135550147', '+12135550149', '+12135550166'] as const;

const whose = ({ endpoint }: InboxMessage): string => {
  const name = Object.entries(people).find(([phone]) => phone === endpoint)?.[1];
  return name === undefined ? endpoint : `${name}, ${endpoint}`;
};

const any = z.object({});

/** What José and the captor got, without what differs between any two families. */
const seenBy = (messages: readonly InboxMessage[]): string =>
  JSON.stringify(
    [jose, captor].map((endpoint) =>
      messages
        .filter((message) => message.endpoint === endpoint)
        .map(({ body }) => body.replaceAll(/https?:\S+|folio [0-9A-Z]{4}|ref\. [0-9A-Z]{4}|\d\d?:\d\d/g, '')),
    ),
  );

type Side = { readonly phones: string; readonly state: string };

const tellWith = async (demo: Demo, pin: string, title: string): Promise<Side> => {
  const { stack, language, place, print } = demo;
  const chapter = chapters(demo, whose);
  await chapter(`--- ${title} ---`);
  const { latitude, longitude } = place;
  const { body: family } = await call(stack.url, {
    method: 'POST',
    path: '/v1/families',
    body: {
      person: { name: personName, language, homePosition: { latitude, longitude } },
      contacts: [
        { name: 'José', channel: 'sms', endpoint: jose },
        { name: 'Marta', channel: 'sms', endpoint: marta, trusted: true },
      ],
      pin: '482915',
      duressPin: '110022',
      consent: { consularNotification: true, version: '2026-01' },
    },
    answer: registerFamilyResponse,
  });
  const token = family.deviceToken;
  const news = [...(await chapter('she registers; Marta reads alone what she was chosen for'))];
  const alertId = crypto.randomUUID();
  await press(stack.url, token, { alertId, position: { latitude, longitude } });
  news.push(...(await chapter('she presses')));
  const ask = async (path: string, body: object) => call(stack.url, { method: 'POST', path, token, body, answer: any });
  await ask(`/v1/alerts/${alertId}/cancel`, { pin });
  news.push(...(await chapter('she is made to cancel')));
  await stack.letPass(2);
  await ask('/v1/family/contacts', { pin, name: 'Un amigo', channel: 'sms', endpoint: captor });
  news.push(...(await chapter('she is made to add a phone that she does not know')));
  await stack.letPass(30);
  await chapter('half an hour later');
  const { state } = await statusOf(stack.url, token, alertId);
  print(...heading('What her phone shows'), ...sentence(`the alert is ${state}`));
  return { phones: seenBy(news), state };
};

const tell = async (demo: Demo): Promise<void> => {
  const withPin = await tellWith(demo, '482915', 'with her PIN');
  const forced = await tellWith(demo, '110022', 'with the PIN for when she is forced');
  demo.print(...heading('Side by side'));
  if (withPin.phones !== forced.phones || withPin.state !== forced.state) throw new Error('The two can be told apart.');
  demo.print(
    ...sentence('Her phone, José’s phone and the added phone show the same. Only Marta and officers know the truth.'),
  );
};

export const forcedStory: Story = {
  summary: 'somebody is forced to cancel and to add a phone: with either PIN, side by side',
  tell,
};
