import * as z from 'zod';
import { alertStatusResponse } from '../../../shared/contracts/alerts.ts';
import { checkInsResponse, makeCheckInResponse } from '../../../shared/contracts/check-ins.ts';
import { resourceNames } from '../../../shared/names.ts';
import type { InboxMessage } from '../../local-aws/sns/state.ts';
import { call, contacts, personName, register } from './phone.ts';
import type { Demo, Story } from './story.ts';
import { clock, heading, linkIn, received, sentence, table } from './text.ts';

/** Hers: of a range kept for fiction. */
const ownPhone = '+12135550100';

const nameOf = ({ endpoint }: InboxMessage): string => {
  if (endpoint === ownPhone) return `${personName} herself, ${endpoint}`;
  const contact = contacts.find((known) => known.endpoint === endpoint);
  return contact === undefined ? endpoint : `${contact.name}, ${endpoint}`;
};

const labels = { es: 'cita migratoria', en: 'immigration appointment' };
const anything = z.unknown();
const caseTimeline = z.object({
  timeline: z.array(z.object({ at: z.string(), type: z.string(), by: z.object({ kind: z.string() }) })),
});

const tell = async (demo: Demo): Promise<void> => {
  const { stack, language, place, print } = demo;
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
  const only = (news: readonly InboxMessage[], type: string): void => {
    const others = news.filter(({ attributes }) => attributes['type'] !== type);
    if (news.length === 0 || others.length > 0) throw new Error(`This should have been ${type} and nothing else.`);
  };

  const { latitude, longitude } = place;
  const { deviceToken: token } = await register(stack.url, language, {
    phone: ownPhone,
    homePosition: { latitude, longitude },
  });
  await chapter(`${personName} registers, with her own phone and her home in ${place.name}`);

  const dueAt = new Date(stack.control.now().getTime() + 20 * 60_000).toISOString();
  const { body: promised } = await call(stack.url, {
    method: 'POST',
    path: '/v1/check-ins',
    token,
    body: { dueAt, label: labels[language] },
    answer: makeCheckInResponse,
  });
  await chapter(`before her appointment she promises to say OK by ${clock(new Date(promised.dueAt))}`);

  await stack.control.advance(6);
  only(await chapter('a quarter of an hour before, her phone is reminded'), 'check-in.reminder.v1');

  await stack.control.advance(15);
  only(await chapter('no OK came, and nobody pressed anything: the alert goes out by itself'), 'alert.raised.v1');

  const { body: list } = await call(stack.url, {
    method: 'GET',
    path: '/v1/check-ins',
    token,
    answer: checkInsResponse,
  });
  const { state, alertId } = list.checkIns[0] ?? {};
  if (state !== 'missed' || alertId === undefined) throw new Error(`The check-in is ${state}.`);
  const status = async () =>
    (await call(stack.url, { method: 'GET', path: `/v1/alerts/${alertId}`, token, answer: alertStatusResponse })).body;
  const office = (await status()).consulate?.id ?? 'ministry';

  await stack.control.advance(3);
  const link = new URL(linkIn(sns.inbox(), `${resourceNames.consulateTopicPrefix}${office}`));
  await call(stack.url, {
    method: 'POST',
    path: `${link.pathname}/acknowledge`,
    body: { officer: 'Lic. Rosa Díaz' },
    answer: anything,
  });
  only(await chapter(`an officer at ${office} takes the case`), 'alert.acknowledged.v1');

  const { body } = await call(stack.url, { method: 'GET', path: link.pathname, answer: caseTimeline });
  print(...heading('The timeline as the officer reads it'));
  print(...table(body.timeline.map(({ at, type, by }) => [clock(new Date(at)), type, by.kind])));
  const end = await status();
  print(...heading('What the phone sees'), ...sentence(`check-in ${state}, its alert ${end.state} at ${office}`));
  if (end.state !== 'acknowledged') throw new Error(`The case is ${end.state}.`);
};

export const appointmentStory: Story = {
  summary: 'an OK promised for an immigration appointment does not come, and the alert goes out by itself',
  tell,
};
