import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { alertStatusResponse, raiseAlertResponse } from '../../../shared/contracts/alerts.ts';
import { resourceNames } from '../../../shared/names.ts';
import type { InboxMessage } from '../../local-aws/sns/state.ts';
import { call, contacts, personName, register } from './phone.ts';
import type { Demo, Story } from './story.ts';
import { clock, heading, linkIn, received, sentence, table } from './text.ts';

const nameOf = ({ endpoint }: InboxMessage): string => {
  const contact = contacts.find((known) => known.endpoint === endpoint);
  return contact === undefined ? endpoint : `${contact.name}, ${endpoint}`;
};

const anything = z.unknown();

const tell = async (demo: Demo): Promise<void> => {
  const { stack, language, drill, place, print } = demo;
  const { sns } = stack.services;
  let seen = 0;
  /** Says what happened and prints every text that it caused. */
  const chapter = async (title: string): Promise<readonly InboxMessage[]> => {
    await stack.idle();
    const news = sns.inbox().slice(seen);
    seen = sns.inbox().length;
    print(...heading(`${clock(stack.control.now())}  ${title}`));
    print(...(news.length === 0 ? sentence('Nobody is written to.') : received(news, nameOf)));
    return news;
  };
  const act = async (link: string, action: string, body: object): Promise<void> => {
    const { pathname } = new URL(link);
    await call(stack.url, { method: 'POST', path: `${pathname}/${action}`, body, answer: anything });
  };

  const { familyId, deviceToken: token } = await register(stack.url, language);
  const familyTopic = `${resourceNames.familyTopicPrefix}${familyId}`;
  await chapter(`${personName} registers`);

  const alertId = randomUUID();
  const position = { latitude: place.latitude, longitude: place.longitude, accuracyMeters: 20 };
  await call(stack.url, {
    method: 'POST',
    path: '/v1/alerts',
    token,
    body: { alertId, position, ...(drill && { drill }) },
    answer: raiseAlertResponse,
  });
  const status = async () =>
    (await call(stack.url, { method: 'GET', path: `/v1/alerts/${alertId}`, token, answer: alertStatusResponse })).body;
  await chapter(`she presses in ${place.name}`);
  const first = (await status()).consulate?.id ?? 'ministry';
  const topicOf = (id: string) =>
    id === 'ministry' ? resourceNames.ministryTopic : `${resourceNames.consulateTopicPrefix}${id}`;

  await stack.control.advance(6);
  await chapter(`five minutes of silence: the next office as well`);
  const second = (await status()).consulate?.id ?? 'ministry';
  const secondOffice = linkIn(sns.inbox(), topicOf(second));

  await stack.control.advance(3);
  await act(secondOffice, 'acknowledge', { officer: 'Lic. Rosa Díaz' });
  await chapter(`an officer at ${second} takes the case`);

  await act(secondOffice, 'representative', { name: 'Lic. Andrés Vega', phone: '+12135550177' });
  await chapter('a lawyer is assigned');

  await act(secondOffice, 'state', { to: 'locating' });
  await chapter('the officer looks for her');

  await stack.control.advance(30);
  await act(secondOffice, 'state', { to: 'located', facility: 'El Paso Service Processing Center' });
  await chapter('located at a facility in another district');

  await act(secondOffice, 'hand-over', { consulateId: 'el-paso', note: 'Está en El Paso' });
  await chapter('the case is handed over to the office there');
  const elPaso = linkIn(sns.inbox(), topicOf('el-paso'));

  await act(linkIn(sns.inbox(), familyTopic), 'on-it', { name: 'José', task: 'llevo sus documentos al consulado' });
  await chapter('a relative says what he does');

  await stack.control.advance(60);
  await act(elPaso, 'state', { to: 'in-contact' });
  await chapter('the consulate speaks with her');

  await act(elPaso, 'close', { disposition: 'released', note: 'salió con fianza' });
  await chapter('released: the case is closed');

  const { pathname } = new URL(elPaso);
  const { body } = await call(stack.url, { method: 'GET', path: pathname, answer: caseTimeline });
  print(...heading('The timeline as the officer reads it'));
  print(
    ...table(
      body.timeline.map(({ at, type, by }) => [
        clock(new Date(at)),
        type,
        [by.kind, by.office?.id, by.name].filter(Boolean).join(' '),
      ]),
    ),
  );
  const end = await status();
  print(...heading('What the phone sees'), ...sentence(`state ${end.state}, ${first} was told first, then ${second}`));
  if (end.state !== 'closed') throw new Error(`The case is ${end.state}.`);
};

const caseTimeline = z.object({
  timeline: z.array(
    z.object({
      at: z.string(),
      type: z.string(),
      by: z.object({ kind: z.string(), name: z.string().optional(), office: z.object({ id: z.string() }).optional() }),
    }),
  ),
});

export const detentionStory: Story = {
  summary: 'from the press until an officer has the case, the person is found and it is closed',
  tell,
};
