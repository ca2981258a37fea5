import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { alertStatusResponse, raiseAlertResponse } from '../../../shared/contracts/alerts.ts';
import { familyCaseResponse, officerCaseResponse } from '../../../shared/contracts/cases.ts';
import { recordPositionsResponse } from '../../../shared/contracts/positions.ts';
import { resourceNames } from '../../../shared/names.ts';
import type { InboxMessage } from '../../local-aws/sns/state.ts';
import { call, contacts, personName, register } from './phone.ts';
import type { Demo, Story } from './story.ts';
import { clock, heading, linkIn, received, sentence, table } from './text.ts';

const nameOf = ({ endpoint }: InboxMessage): string => {
  const contact = contacts.find((known) => known.endpoint === endpoint);
  return contact === undefined ? endpoint : `${contact.name}, ${endpoint}`;
};

const minuteMs = 60_000;
const moved = 'alert.position-moved.v1';
const anything = z.unknown();

type Where = { readonly latitude: number; readonly longitude: number };
type Queued = Where & { readonly accuracyMeters: number; readonly measuredAt: string };

/** What a phone in a car measures every ten minutes: some 5 km north each time. */
const ride = (from: Where, since: Date, minutes: readonly number[]): Queued[] =>
  minutes.map((minute) => ({
    latitude: Number((from.latitude + minute * 0.0045).toFixed(6)),
    longitude: from.longitude,
    accuracyMeters: 20,
    measuredAt: new Date(since.getTime() + minute * minuteMs).toISOString(),
  }));

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

  const { familyId, deviceToken: token } = await register(stack.url, language);
  await chapter(`${personName} registers`);

  const pressedAt = stack.control.now();
  const alertId = randomUUID();
  const { latitude, longitude } = place;
  const press = {
    alertId,
    pressedAt: pressedAt.toISOString(),
    position: { latitude, longitude, accuracyMeters: 20, measuredAt: pressedAt.toISOString() },
    ...(drill && { drill }),
  };
  await chapter(`she presses in ${place.name}, without coverage: her phone keeps it`);

  await stack.control.advance(60);
  const minutesLate = Math.round((stack.control.now().getTime() - pressedAt.getTime()) / minuteMs);
  const path = `/v1/alerts/${alertId}`;
  await call(stack.url, { method: 'POST', path: '/v1/alerts', token, body: press, answer: raiseAlertResponse });
  const raised = await chapter(`coverage again: the press arrives, ${minutesLate} minutes late, and says so`);
  if (raised.length === 0) throw new Error('Nobody heard of the press.');
  const { body: status } = await call(stack.url, { method: 'GET', path, token, answer: alertStatusResponse });
  const office = status.consulate?.id ?? 'ministry';
  const officeTopic = `${resourceNames.consulateTopicPrefix}${office}`;

  const send = async (positions: readonly Queued[]): Promise<void> => {
    await call(stack.url, {
      method: 'POST',
      path: `${path}/positions`,
      token,
      body: { positions },
      answer: recordPositionsResponse,
    });
  };
  const [p8, p17, p25, p34, p42, p50] = ride(place, pressedAt, [8, 17, 25, 34, 42, 50]);
  const queue = [p34, p8, p50, p25, p50, p34].filter((point) => point !== undefined);
  await send(queue);
  const news = await chapter('then what it measured in that hour: in no order, some of it twice, not all of it');
  const told = news.filter(({ attributes }) => attributes['type'] === moved);
  if (told.length !== news.length || told.length !== 2)
    throw new Error('One office and the ministry hear of one move.');

  const officers = new URL(linkIn(sns.inbox(), officeTopic)).pathname;
  const act = async (action: string, body: object): Promise<void> => {
    await call(stack.url, { method: 'POST', path: `${officers}/${action}`, body, answer: anything });
  };
  await stack.control.advance(3);
  await act('acknowledge', { officer: 'Lic. Rosa Díaz' });
  await chapter(`an officer at ${office} takes the case`);

  await stack.control.advance(11);
  await send([p17, p42].filter((point) => point !== undefined));
  const late = await chapter('the rest of the queue: nobody is sent back to where she was');
  if (late.length > 0) throw new Error('An old place was told as news.');

  const family = new URL(linkIn(sns.inbox(), `${resourceNames.familyTopicPrefix}${familyId}`)).pathname;
  const { body: found } = await call(stack.url, { method: 'GET', path: officers, answer: officerCaseResponse });
  print(...heading(`The track as the officer at ${office} reads it, newest first`));
  const line = (at: NonNullable<typeof found.position>, note = ''): string[] => [
    at.measuredAt === undefined ? '' : clock(new Date(at.measuredAt)),
    at.mapUrl,
    note,
  ];
  print(
    ...table([
      ...found.track.map((at) => line(at)),
      ...(found.pressPosition ? [line(found.pressPosition, 'the press')] : []),
    ]),
  );
  if (found.track.length !== 6) throw new Error(`The track has ${found.track.length} places and not 6.`);

  const seenByFamily = async (): Promise<string> => {
    const { body } = await call(stack.url, { method: 'GET', path: family, answer: familyCaseResponse });
    const { position, state } = body;
    return `${state}, ${position ? `last seen ${position.latitude}, ${position.longitude}` : 'no position'}`;
  };
  print(...heading('What the family’s page shows'), ...sentence(`while the case is open: ${await seenByFamily()}`));
  await act('close', { disposition: drill ? 'drill' : 'safe' });
  const after = await seenByFamily();
  print(...sentence(`once an officer has closed it: ${after}`));
  if (!after.endsWith('no position')) throw new Error('The family’s page shows a position of a closed case.');
};

export const offlineStory: Story = {
  summary: 'a press that was queued an hour without coverage, then the positions of that hour in no order',
  tell,
};
