import { checkInsResponse, makeCheckInResponse } from '../../../shared/contracts/check-ins.ts';
import type { InboxMessage } from '../../local-aws/sns/state.ts';
import { act, pageOf, printTimeline, topicOf } from './case-page.ts';
import { chapters, type Chapter } from './chapters.ts';
import { call, nameOf, personName, register, statusOf } from './phone.ts';
import type { Demo, Story } from './story.ts';
import { clock, heading, sentence } from './text.ts';

/** Hers: of a range kept for fiction. */
const ownPhone = '+12135550100';

const labels = { es: 'cita migratoria', en: 'immigration appointment' };

const whose = (message: InboxMessage): string =>
  message.endpoint === ownPhone ? `${personName} herself, ${ownPhone}` : nameOf(message);

const only = (news: readonly InboxMessage[], type: string): void => {
  const others = news.filter(({ attributes }) => attributes['type'] !== type);
  if (news.length === 0 || others.length > 0) throw new Error(`This should have been ${type} and nothing else.`);
};

/** Registers and promises an OK; answers the token of the phone. */
const promise = async ({ stack, language, place }: Demo, chapter: Chapter): Promise<string> => {
  const { latitude, longitude } = place;
  const homePosition = { latitude, longitude };
  const { deviceToken: token } = await register(stack.url, language, { phone: ownPhone, homePosition });
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
  return token;
};

/** The id of the alert that the missed check-in raised. */
const alertOf = async ({ stack }: Demo, token: string): Promise<string> => {
  const answer = checkInsResponse;
  const { body: list } = await call(stack.url, { method: 'GET', path: '/v1/check-ins', token, answer });
  const { state, alertId } = list.checkIns[0] ?? {};
  if (state !== 'missed' || alertId === undefined) throw new Error(`The check-in is ${state}.`);
  return alertId;
};

const tell = async (demo: Demo): Promise<void> => {
  const { stack, print } = demo;
  const { letPass } = stack;
  const chapter = chapters(demo, whose);
  const token = await promise(demo, chapter);

  await letPass(6);
  only(await chapter('a quarter of an hour before, her phone is reminded'), 'check-in.reminder.v1');

  await letPass(15);
  only(await chapter('no OK came, and nobody pressed anything: the alert goes out by itself'), 'alert.raised.v1');
  const alertId = await alertOf(demo, token);
  const office = (await statusOf(stack.url, token, alertId)).consulate?.id ?? 'ministry';

  await letPass(3);
  const page = pageOf(demo, topicOf(office));
  await act(demo, page, 'acknowledge', { officer: 'Lic. Rosa Díaz' });
  only(await chapter(`an officer at ${office} takes the case`), 'alert.acknowledged.v1');

  await printTimeline(demo, page);
  const { state } = await statusOf(stack.url, token, alertId);
  print(...heading('What the phone sees'), ...sentence(`check-in missed, its alert ${state} at ${office}`));
  if (state !== 'acknowledged') throw new Error(`The case is ${state}.`);
};

export const appointmentStory: Story = {
  summary: 'an OK promised for an immigration appointment does not come, and the alert goes out by itself',
  tell,
};
