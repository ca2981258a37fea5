import { createServer } from 'node:http';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { ConfirmSubscriptionCommand, SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { openCaseFile } from './case-file.ts';
import { acknowledge, readCase } from './case-link.ts';
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
    const duress = changed.underDuress
      ? ' FORCED: call the family by voice, write to nobody, leave their phone alone'
      : '';
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
const sqsEndpoint = env['SQS_ENDPOINT'];
const reading =
  queueUrl === undefined
    ? undefined
    : readQueue(
        {
          sqs: new SQSClient({ region, ...(sqsEndpoint !== undefined && { endpoint: sqsEndpoint }) }),
          queueUrl,
          raw: env['RAW'] === 'true',
          inbox,
          log,
        },
        { signal: stopping.signal, pause: delay },
      );

/** Every case that is not known to be closed, as it stands now. */
const list = async (): Promise<void> => {
  for (const { caseId, drill, state, headline, link } of caseFile.cases()) {
    if (state === 'closed' || link === undefined) continue;
    const now = await readCase(link, { linkOrigin });
    const standing = now === undefined ? 'link expired' : `${now.state} ${now.officer ?? ''}`.trim();
    if (now?.state !== 'closed') screen(`${drill ? '--' : '  '} ${numberOf(caseId)}  ${standing}  ${headline}`);
  }
};

/** The officer has case number so-and-so. */
const take = async (number: string, officer: string): Promise<void> => {
  const link = caseFile.cases()[Number(number) - 1]?.link;
  if (link === undefined) {
    screen(`There is no case ${number}`);
    return;
  }
  const outcome = await acknowledge(link, officer, { linkOrigin });
  const more =
    outcome.kind === 'taken' ? ` by ${outcome.by}` : outcome.kind === 'wrong-name' ? `: ${outcome.detail}` : '';
  screen(`   ${number}  ${outcome.kind}${more}`);
};

const obey = async (line: string): Promise<void> => {
  const [, number, officer] = /^take (\d+) (.+)$/.exec(line.trim()) ?? [];
  if (number !== undefined && officer !== undefined) await take(number, officer);
  else if (line.trim() === 'list') await list();
  else screen('Say "list", or "take <number of the case> <your name>"');
};

const desk = createInterface({ input: process.stdin });
let obeyed = Promise.resolve();
desk.on('line', (line) => {
  obeyed = obeyed
    .then(async () => obey(line))
    .catch((error: unknown) => screen(`IT DID NOT WORK, take the phone: ${String(error)}`));
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
