import { randomUUID } from 'node:crypto';
import { familyCaseResponse, officerCaseResponse } from '../../../shared/contracts/cases.ts';
import { recordPositionsResponse } from '../../../shared/contracts/positions.ts';
import { resourceNames } from '../../../shared/names.ts';
import { act, pageOf, topicOf } from './case-page.ts';
import { chapters, type Chapter } from './chapters.ts';
import { call, personName, press, register, statusOf } from './phone.ts';
import type { Demo, Story } from './story.ts';
import { clock, heading, sentence, table } from './text.ts';

const minuteMs = 60_000;
const moved = 'alert.position-moved.v1';

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

/** What the story knows once the press has arrived. */
type Pressed = {
  readonly pressedAt: Date;
  readonly office: string;
  readonly familyTopic: string;
  /** Sends positions as the phone does. */
  readonly send: (positions: readonly Queued[]) => Promise<void>;
};

const pressLate = async (demo: Demo, chapter: Chapter): Promise<Pressed> => {
  const { stack, language, place } = demo;
  const { familyId, deviceToken: token } = await register(stack.url, language);
  await chapter(`${personName} registers`);

  const pressedAt = stack.control.now();
  const alertId = randomUUID();
  const { latitude, longitude } = place;
  const position = { latitude, longitude, accuracyMeters: 20, measuredAt: pressedAt.toISOString() };
  await chapter(`she presses in ${place.name}, without coverage: her phone keeps it`);

  await stack.letPass(60);
  const minutesLate = Math.round((stack.control.now().getTime() - pressedAt.getTime()) / minuteMs);
  const kept = { alertId, pressedAt: pressedAt.toISOString(), position };
  await press(stack.url, token, kept);
  const raised = await chapter(`coverage again: the press arrives, ${minutesLate} minutes late, and says so`);
  if (raised.length === 0) throw new Error('Nobody heard of the press.');
  const path = `/v1/alerts/${alertId}/positions`;
  return {
    pressedAt,
    office: (await statusOf(stack.url, token, alertId)).consulate?.id ?? 'ministry',
    familyTopic: `${resourceNames.familyTopicPrefix}${familyId}`,
    send: async (positions) => {
      const body = { positions };
      await call(stack.url, { method: 'POST', path, token, body, answer: recordPositionsResponse });
    },
  };
};

/** Sends what the phone measured, most of it before and the rest after an officer has the case; answers their page. */
const sendQueue = async (demo: Demo, chapter: Chapter, { pressedAt, office, send }: Pressed): Promise<string> => {
  const { letPass } = demo.stack;
  const [p8, p17, p25, p34, p42, p50] = ride(demo.place, pressedAt, [8, 17, 25, 34, 42, 50]);
  await send([p34, p8, p50, p25, p50, p34].filter((point) => point !== undefined));
  const news = await chapter('then what it measured in that hour: in no order, some of it twice, not all of it');
  const told = news.filter(({ attributes }) => attributes['type'] === moved);
  if (told.length !== news.length || told.length !== 2)
    throw new Error('One office and the ministry hear of one move.');

  const officers = pageOf(demo, topicOf(office));
  await letPass(3);
  await act(demo, officers, 'acknowledge', { officer: 'Lic. Rosa Díaz' });
  await chapter(`an officer at ${office} takes the case`);

  await letPass(11);
  await send([p17, p42].filter((point) => point !== undefined));
  const late = await chapter('the rest of the queue: nobody is sent back to where she was');
  if (late.length > 0) throw new Error('An old place was told as news.');
  return officers;
};

const printTrack = async ({ stack, print }: Demo, officers: string): Promise<void> => {
  const { body: found } = await call(stack.url, { method: 'GET', path: officers, answer: officerCaseResponse });
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
};

const seenByFamily = async ({ stack }: Demo, page: string): Promise<string> => {
  const { body } = await call(stack.url, { method: 'GET', path: page, answer: familyCaseResponse });
  const { position, state } = body;
  return `${state}, ${position ? `last seen ${position.latitude}, ${position.longitude}` : 'no position'}`;
};

const tell = async (demo: Demo): Promise<void> => {
  const { print } = demo;
  const chapter = chapters(demo);
  const pressed = await pressLate(demo, chapter);
  const officers = await sendQueue(demo, chapter, pressed);
  print(...heading(`The track as the officer at ${pressed.office} reads it, newest first`));
  await printTrack(demo, officers);

  const family = pageOf(demo, pressed.familyTopic);
  print(...heading('What the family’s page shows'));
  print(...sentence(`while the case is open: ${await seenByFamily(demo, family)}`));
  await act(demo, officers, 'close', { disposition: 'safe', confirm: true });
  const after = await seenByFamily(demo, family);
  print(...sentence(`once an officer has closed it: ${after}`));
  if (!after.endsWith('no position')) throw new Error('The family’s page shows a position of a closed case.');
};

export const offlineStory: Story = {
  summary: 'a press that was queued an hour without coverage, then the positions of that hour in no order',
  tell,
};
