import { createServer } from 'node:http';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { ConfirmSubscriptionCommand, SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { acknowledge } from './acknowledge.ts';
import { openCaseFile } from './case-file.ts';
import { createReceiver } from './http-receiver.ts';
import { confirmByLink, createInbox } from './inbox.ts';
import { readQueue } from './queue-reader.ts';
import { createCertificates, type SnsMessage } from './sns-message.ts';
import { urgencyOf } from './urgency.ts';

// A duty desk in a terminal: README.md beside this file says how to run it.

const { env } = process;

const needed = (name: string): string => {
  const value = env[name];
  if (value === undefined || value === '') throw new Error(`Set ${name}: see README.md`);
  return value;
};

const log = (line: string): void => console.error(`${new Date().toISOString()} ${line}`);
const screen = (line: string): void => console.log(line);

const topicArns = needed('TOPIC_ARNS').split(',');
const linkOrigin = needed('LINK_ORIGIN');
/** An ARN is arn:aws:sns:<region>:<account>:<name>. */
const region = topicArns[0]?.split(':')[3] ?? '';
const snsOrigin = env['SNS_ORIGIN'] ?? `https://sns.${region}.amazonaws.com`;

/** With AWS credentials: from then on nobody can unsubscribe you with the link in a message. */
const confirmWithCredentials = async ({ TopicArn, Token }: SnsMessage): Promise<void> => {
  const sns = new SNSClient({ region });
  await sns.send(new ConfirmSubscriptionCommand({ TopicArn, Token, AuthenticateOnUnsubscribe: 'true' }));
};

const caseFile = await openCaseFile(env['CASE_FILE'] ?? 'cases.jsonl');

/** The numbers by which officers call cases at this desk, oldest first. */
const numberOf = (caseId: string): number => caseFile.cases().findIndex((each) => each.caseId === caseId) + 1;

const inbox = createInbox({
  topicArns,
  snsOrigin,
  certificates: createCertificates(),
  caseFile,
  confirm: env['CONFIRM'] === 'credentials' ? confirmWithCredentials : confirmByLink(snsOrigin),
  onNews: (changed, news) => {
    const urgency = urgencyOf(changed, news);
    // The bell stands for your pager.
    const mark = { page: '\u0007!!', show: '  ', drill: '-- drill' }[urgency];
    const duress = changed.underDuress ? ' FORCED TO CANCEL: call the family by voice, never write' : '';
    screen(`${mark} ${numberOf(news.caseId)}  ${news.at}  ${news.headline}${duress}`);
  },
  onUnsubscribed: (topicArn) => log(`SOMEBODY UNSUBSCRIBED US from ${topicArn}: tell the operator`),
  now: () => new Date(),
});

const stopping = new AbortController();
const server = createServer(createReceiver(inbox, log));
if (env['PORT'] !== undefined) {
  server.listen(Number(env['PORT']), env['HOST'] ?? '127.0.0.1', () => {
    const address = server.address();
    screen(`listening on port ${typeof address === 'object' ? address?.port : address}`);
  });
}
const queueUrl = env['QUEUE_URL'];
const reading =
  queueUrl === undefined
    ? undefined
    : readQueue(
        { sqs: new SQSClient({ region }), queueUrl, raw: env['RAW'] === 'true', inbox, log },
        { signal: stopping.signal, pause: delay },
      );

/** `take 3 Ana Pérez`: the officer Ana Pérez has case 3. */
const obey = async (line: string): Promise<void> => {
  const [, number, officer] = /^take (\d+) (.+)$/.exec(line.trim()) ?? [];
  const found = number === undefined ? undefined : caseFile.cases()[Number(number) - 1];
  if (officer === undefined || found?.link === undefined) {
    screen('Say: take <number of the case> <your name>');
    return;
  }
  const outcome = await acknowledge(found.link, officer, { linkOrigin });
  screen(`   ${number}  ${outcome.kind}${outcome.kind === 'taken' ? ` by ${outcome.by}` : ''}`);
};

const desk = createInterface({ input: process.stdin });
desk.on('line', (line) => {
  obey(line).catch((error: unknown) => screen(`NOT ACKNOWLEDGED, take the phone: ${String(error)}`));
});

const stop = async (): Promise<void> => {
  stopping.abort();
  desk.close();
  server.close();
  server.closeAllConnections();
  await reading;
  await caseFile.close();
};
process.once('SIGINT', () => void stop());
process.once('SIGTERM', () => void stop());
