import { randomUUID } from 'node:crypto';
import type { AlertStatusResponse, RaiseAlertResponse } from '../../../shared/contracts/alerts.ts';
import { resourceNames } from '../../../shared/names.ts';
import type { InboxMessage } from '../../local-aws/sns/state.ts';
import { nameOf, personName, press, register, statusOf, type Answer } from './phone.ts';
import type { Demo, Story } from './story.ts';
import { heading, indented, received, sentence, table } from './text.ts';

type Destination = 'family' | 'consulate' | 'ministry';

const destinationOf = ({ topic }: InboxMessage): Destination => {
  if (topic.startsWith(resourceNames.familyTopicPrefix)) return 'family';
  return topic === resourceNames.ministryTopic ? 'ministry' : 'consulate';
};

/** In English, as the demo is for whoever operates or reads the system; the messages are in the family's language. */
const basisTexts: Readonly<Record<NonNullable<AlertStatusResponse['basis']>, string>> = {
  location: 'chosen by Amazon Location: the nearest geofence to the phone',
  'great-circle': 'chosen by great circle: Amazon Location gave no answer in time, or it is a drill',
  home: 'nearest to the registered home: the press had no position',
  district: 'responsible for the county by its district; a nearer office is told beside it',
  ministry: 'the ministry owns the alert: neither a position nor a home is known',
  'not-authorised': 'nobody: the person did not authorise consular contact',
};

const milliseconds = (duration: number): string => `${Math.round(duration)} ms`.padStart(9);

const timeline = (answer: Answer<RaiseAlertResponse>, sentAt: Date, messages: readonly InboxMessage[]): string[] => {
  const answered = `answered ${answer.status}: the alert is in the table`;
  const events = [
    { after: 0, cells: ['phone', 'the press is sent'] },
    { after: answer.milliseconds, cells: ['phone', answered] },
    ...messages.map((message) => ({
      after: Date.parse(message.at) - sentAt.getTime(),
      cells: [destinationOf(message), `${message.protocol} to ${nameOf(message)}`],
    })),
  ];
  return table(events.sort((a, b) => a.after - b.after).map(({ after, cells }) => [milliseconds(after), ...cells]));
};

const officeName = ({
  name,
  city,
  distanceMeters,
}: Pick<NonNullable<AlertStatusResponse['consulate']>, 'name' | 'city' | 'distanceMeters'>): string => {
  const distance = distanceMeters === null ? '' : `, ${(distanceMeters / 1000).toFixed(1)} km away`;
  return `${name}${city === null ? '' : ` (${city})`}${distance}`;
};

const office = ({ consulate, nearest, basis }: AlertStatusResponse): string[] => {
  const why = basis === null ? 'not chosen yet' : basisTexts[basis];
  if (consulate === null) return sentence(why);
  const { id, emergencyPhone } = consulate;
  return table([
    ['office', officeName(consulate)],
    ...(nearest ? [['nearest', officeName(nearest)]] : []),
    ['id', id],
    ['basis', `${basis}: ${why}`],
    ['phone', `${emergencyPhone} is what people are told to call`],
  ]);
};

const statusLines = (status: AlertStatusResponse, sentAt: Date): string[] => [
  ...sentence(`state ${status.state}${status.drill ? ', a drill' : ''}`),
  ...table(
    status.destinations.map(({ kind, id, status: reached, at }) => [
      kind,
      reached,
      at === undefined ? '' : milliseconds(Date.parse(at) - sentAt.getTime()),
      id ?? '',
    ]),
  ),
];

/** Contacts are told that they were chosen before anybody presses: the texts of the press come after theirs. */
const welcome = async ({ stack, language, print }: Demo): Promise<string> => {
  const { deviceToken } = await register(stack.url, language);
  await stack.idle();
  print(...heading(`${personName} registers; those she chose are told by SMS`));
  print(...received(stack.services.sns.inbox(), nameOf));
  return deviceToken;
};

const tell = async (demo: Demo): Promise<void> => {
  const { stack, drill, place, print } = demo;
  const { latitude, longitude } = place;
  const token = await welcome(demo);
  const before = stack.services.sns.inbox().length;

  const alertId = randomUUID();
  const sentAt = stack.control.now();
  const position = { latitude, longitude, accuracyMeters: 20 };
  const answer = await press(stack.url, token, { alertId, position, ...(drill && { drill }) });
  await stack.idle();
  const messages = stack.services.sns.inbox().slice(before);
  const status = await statusOf(stack.url, token, alertId);

  print(...heading(`She presses${drill ? ' (a drill)' : ''}: ${place.name} (${latitude}, ${longitude})`));
  print(...timeline(answer, sentAt, messages));
  print('', ...sentence('The functions were loaded before; a cold press on AWS also waits for its function to start.'));
  print(...heading(`What the press answered: ${answer.status}`), ...indented(JSON.stringify(answer.body, null, 2)));
  print(...heading(drill ? 'The office that would have been told' : 'The office in charge'), ...office(status));
  print(...heading('What each of them received, long lines folded'), ...received(messages, nameOf));
  print(...heading(`What the phone sees: GET /v1/alerts/${alertId}`), ...statusLines(status, sentAt));

  const unreached = status.destinations.filter((destination) => destination.status !== 'sent');
  if (unreached.length > 0) throw new Error(`Not reached: ${unreached.map(({ kind }) => kind).join(', ')}`);
};

export const pressStory: Story = {
  summary: 'one press reaches the family, the nearest consulate and the ministry',
  tell,
};
