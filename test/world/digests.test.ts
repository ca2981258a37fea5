import { InvalidParameterException } from '@aws-sdk/client-sns';
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { dynamoMailLimit } from '../../shared/adapters/dynamo-mail-limit.ts';
import { composeCancelAlert } from '../../shared/compose.ts';
import { composeWatchman } from '../../shared/compose-telling.ts';
import { cancelAlert } from '../../shared/domain/case/cancel-alert.ts';
import { officeFilter } from '../../shared/office-filter.ts';
import { folioOf } from '../../shared/domain/case/folio.ts';
import { type Happening, watch } from '../../shared/telling/watch.ts';
import { authorised, createWorld, downtown } from '../support/world.ts';

/* Real adapters on the table in memory and the emulator's SNS, which suspends a mailbox over ten mails in one second. */

const ministryMail = 'alert-button-ministry@offices.example';
const queue = 'arn:aws:sqs:us-east-1:000000000000:alerts';
const digestType = 'cases.digest.v1';

type Digest = {
  readonly cases: readonly {
    readonly alertId: string;
    readonly person: { readonly name: string };
    readonly happened: readonly { readonly type: string }[];
  }[];
};

const setUp = async () => {
  const world = await createWorld({ registers: { consent: authorised } });
  const topic = 'alert-button-ministry';
  const forMachines = '{"mail":[{"anything-but":["digest"]}]}';
  await world.sns.subscribe({ topic, protocol: 'sqs', endpoint: queue, filterPolicy: forMachines });
  await world.stream();
  // The mails so far are of another window.
  world.skip(60_000);
  let people = 0;
  /** Another person, with a phone of theirs. */
  const person = async (
    name = `Persona ${String.fromCharCode(65 + (people % 26))}${'abcdefghij'[Math.floor(people / 26)]}`,
  ) => {
    people += 1;
    const contacts = [{ name: 'José', channel: 'sms' as const, endpoint: `+1213555${String(1000 + people)}` }];
    const { family, token } = await world.newFamily({ person: { name, language: 'es' }, contacts });
    const alertId = randomUUID();
    return {
      name,
      alertId,
      familyId: family.familyId,
      press: async (more: Record<string, unknown> = {}) => world.press({ alertId, position: downtown, ...more }, token),
      cancel: async (pin: 'pin' | 'duress') => cancelAlert(world.of(composeCancelAlert), token, alertId, pin),
    };
  };
  type Person = Awaited<ReturnType<typeof person>>;
  const several = async (count: number): Promise<readonly Person[]> => {
    const all: Person[] = [];
    for (let index = 0; index < count; index += 1) all.push(await person());
    await world.stream();
    return all;
  };
  const pressAll = async (all: readonly Person[], more: Record<string, unknown> = {}): Promise<void> => {
    for (const { press } of all) await press(more);
    await world.stream();
  };
  const mails = (endpoint = ministryMail) => world.sns.inbox({ endpoint }).filter(({ token }) => token === undefined);
  const digests = (): readonly Digest[] =>
    world
      .published()
      .filter(({ type, topic: to }) => type === digestType && to === 'ministry')
      .map(({ bodies }) => JSON.parse(bodies['default'] ?? '') as Digest);
  const named = (): readonly string[] => digests().flatMap(({ cases }) => cases.map(({ alertId }) => alertId));
  const statusOf = ({ familyId, alertId }: Person, key = 'ministry') =>
    world.table.item(`FAMILY#${familyId}`, `ALERT#${alertId}`)?.['deliveries']?.M?.[key]?.M?.['status']?.S;
  const waiting = () => world.table.all().filter((item) => item['itemType']?.S === 'digest-entry').length;
  /** A round of the watchman, with what it says of itself. */
  const round = async (): Promise<readonly Happening[]> =>
    Array.fromAsync(watch(world.of(composeWatchman), { concurrency: 20, budgetMs: 35_000 }));
  /** So many minutes pass, each with a round. */
  const rounds = async (minutes: number): Promise<void> => {
    for (let minute = 0; minute < minutes; minute += 1) {
      world.skip(60_000);
      await round();
      await world.stream();
    }
  };
  const isDigest = (operation: string, input: Record<string, unknown>): boolean =>
    operation === 'Publish' && JSON.stringify(input['MessageAttributes']).includes(digestType);
  return { world, person, several, pressAll, mails, digests, named, statusOf, waiting, round, rounds, isDigest };
};

describe('many presses in a second', () => {
  it('suspend no mailbox, and leave nobody out: each has a mail or a line of one digest, and machines have all at once', async () => {
    const { world, several, pressAll, mails, digests, statusOf, waiting, rounds } = await setUp();
    const people = await several(30);
    await pressAll(people);
    const offices = world.sns.topics().filter(({ topic }) => !topic.includes('family'));
    const single = mails();
    expect(single).toHaveLength(2);
    expect(world.sns.inbox({ endpoint: queue })).toHaveLength(30);
    expect(people.filter((one) => statusOf(one) === 'pending')).toHaveLength(28);

    await rounds(1);
    expect(digests()).toHaveLength(1);
    expect(mails().at(-1)?.attributes).toMatchObject({ type: digestType, mail: 'digest', drill: 'false' });
    const text = mails()
      .map(({ subject, body }) => `${subject} ${body}`)
      .join('\n');
    expect(people.filter(({ name }) => !text.includes(name))).toEqual([]);
    expect(people.every((one) => statusOf(one) === 'sent' && statusOf(one, 'consulate') === 'sent')).toBe(true);
    expect(waiting()).toBe(0);
    expect(world.sns.inbox({ endpoint: queue })).toHaveLength(30);
    const pending = offices.flatMap(({ subscriptions }) => subscriptions.filter(({ status }) => status === 'pending'));
    expect(pending).toEqual([]);
  });
});

describe('what is due of several cases in one round', () => {
  it('is one message to each office and the ministry, to mailboxes and duty phones, and each to machines', async () => {
    const { world, several, rounds, round } = await setUp();
    const duty = '+12025550143';
    const topic = 'alert-button-ministry';
    await world.sns.subscribe({
      topic,
      protocol: 'sms',
      endpoint: duty,
      filterPolicy: JSON.stringify(officeFilter('sms')),
    });
    const people = await several(4);
    for (const { press } of people) {
      await press();
      await world.stream();
      world.skip(11_000);
    }
    await rounds(3);
    const offices = ['los-angeles', 'santa-ana', 'ministry'];
    const mailboxOf = (id: string) =>
      id === 'ministry' ? ministryMail : `alert-button-consulate-${id}@offices.example`;
    const heardBefore = new Map(
      [...offices.map(mailboxOf), duty, queue].map((endpoint) => [endpoint, world.told(endpoint).length]),
    );
    const news = (endpoint: string) => world.told(endpoint).slice(heardBefore.get(endpoint));
    // All four have waited over five minutes by now.
    world.skip(150_000);
    await round();
    await world.stream();
    for (const id of offices) expect(news(mailboxOf(id))).toEqual([digestType]);
    expect(news(duty)).toEqual([digestType]);
    expect(news(queue)).toEqual(people.map(() => 'alert.escalated.v1'));
    const [mail] = world.sns.inbox({ endpoint: mailboxOf('santa-ana') }).slice(-1);
    for (const { name } of people) expect(mail?.body).toContain(name);
    // One case by itself is a message of its own.
    await world.pressed({ position: downtown });
    heardBefore.set(ministryMail, world.told(ministryMail).length);
    await rounds(6);
    expect(news(ministryMail)).toContain('alert.escalated.v1');
  });

  it('is one message to a family that has two cases, which names the other, and each is recorded as told', async () => {
    const { world, person, rounds, round } = await setUp();
    const one = await person('Ana Sofía Núñez');
    const other = randomUUID();
    await world.stream();
    await one.press();
    await world.stream();
    // After six hours it is a case of its own.
    world.skip(361 * 60_000);
    await one.press({ alertId: other });
    await world.stream();
    await rounds(4);
    const texts = () =>
      world.sns
        .inbox({ topic: `alert-button-family-${one.familyId}` })
        .flatMap(({ attributes, body }) =>
          ['alert.silent.v1', 'alert.escalated.v1'].includes(attributes['type'] ?? '') ? [body] : [],
        );
    const before = texts().length;
    // By now the later one's next office is due, and of both that nobody has taken them.
    world.skip(20 * 60 * 60_000);
    await round();
    await world.stream();
    const news = texts().slice(before);
    expect(news).toHaveLength(1);
    const folios = [one.alertId, other].map((alertId) => folioOf(one.familyId, alertId));
    expect(folios.filter((folio) => !news[0]?.includes(folio))).toEqual([]);
    const pending = world.table
      .all()
      .filter(
        (item) => item['itemType']?.S === 'event' && item['deliveries']?.M?.['family']?.M?.['status']?.S === 'pending',
      );
    expect(pending).toEqual([]);
  });

  it('names to a family no case of which no office is to know, whichever was pressed first', async () => {
    const folios = async (isWithout: (index: number) => boolean) => {
      const { world, person, round } = await setUp();
      const one = await person('Ana Sofía Núñez');
      await world.stream();
      const pressed = [one.alertId, randomUUID()];
      for (const [index, alertId] of pressed.entries()) {
        await one.press({ alertId });
        if (isWithout(index)) {
          await world.table.call('UpdateItem', {
            TableName: 'alerts',
            Key: { pk: { S: `FAMILY#${one.familyId}` }, sk: { S: `ALERT#${alertId}` } },
            UpdateExpression: 'SET consularNotification = :no',
            ExpressionAttributeValues: { ':no': { BOOL: false } },
          });
        }
        await world.stream();
        // After six hours it is a case of its own.
        world.skip(361 * 60_000);
      }
      const before = world.published().length;
      world.skip(25 * 60 * 60_000);
      await round();
      await world.stream();
      const news = world.published().slice(before);
      const texts = news.filter(({ topic }) => topic === 'family').map(({ bodies }) => Object.values(bodies).join());
      return { texts, folios: pressed.map((alertId) => folioOf(one.familyId, alertId)) };
    };
    for (const without of [0, 1]) {
      const { texts, folios: both } = await folios((index) => index === without);
      expect(texts).toHaveLength(1);
      expect(both.map((folio) => texts[0]?.includes(folio))).toEqual([without !== 0, without !== 1]);
    }
  });

  it('is told a minute later where the round that found it died before it told anybody', async () => {
    const { world, several, pressAll, rounds, round } = await setUp();
    const [one] = await several(1);
    await pressAll(one ? [one] : []);
    world.skip(300_000);
    world.break((operation) => operation === 'Publish');
    await round();
    await world.stream();
    expect(world.told(ministryMail)).not.toContain('alert.escalated.v1');
    world.mend();
    await rounds(1);
    expect(world.told(ministryMail).filter((type) => type === 'alert.escalated.v1')).toHaveLength(1);
  });
});

describe('the mails of their own', () => {
  it('are two in each ten seconds, however many functions send, and one more for a person who is forced', async () => {
    const { world } = await setUp();
    const take = async (mail: 'single' | 'urgent' | 'digest', at: Date, officeId = 'ministry') =>
      (await dynamoMailLimit(world.outside.dynamo, 'alerts').take([{ officeId }], mail, at)).has(officeId);
    const at = new Date('2026-11-22T21:00:05.000Z');
    expect(await take('single', at)).toBe(true);
    // Two announcers race for the last one.
    const race = await Promise.all([take('single', at), take('single', at)]);
    expect(race.filter(Boolean)).toEqual([true]);
    expect(await take('urgent', at)).toBe(true);
    expect(await take('urgent', at)).toBe(false);
    expect(await Promise.all([take('digest', at), take('digest', at), take('digest', at)])).toEqual([
      true,
      true,
      false,
    ]);
    expect(await take('single', at, 'los-angeles')).toBe(true);
    const both = [{ officeId: 'ministry' }, { officeId: 'los-angeles' }];
    expect(await dynamoMailLimit(world.outside.dynamo, 'alerts').take(both, 'single', at)).toEqual(
      new Set(['los-angeles']),
    );
    expect(await take('single', new Date('2026-11-22T21:00:09.999Z'))).toBe(false);
    expect(await take('single', new Date('2026-11-22T21:00:10.000Z'))).toBe(true);
  });

  it('go out uncounted when the count fails', async () => {
    const { world, several, pressAll, mails, statusOf } = await setUp();
    const people = await several(4);
    world.break((operation, input) => operation === 'UpdateItem' && JSON.stringify(input['Key']).includes('MAILS#'));
    await pressAll(people);
    expect(mails()).toHaveLength(4);
    expect(people.map((one) => statusOf(one))).toEqual(['sent', 'sent', 'sent', 'sent']);
  });

  it('are for whom somebody forces before all others, and so is the head of a digest', async () => {
    const { world, person, several, pressAll, mails, digests, rounds } = await setUp();
    const forced = [await person('Uno Forzado'), await person('Dos Forzado')] as const;
    await pressAll(forced);
    world.skip(60_000);
    await pressAll(await several(4));
    const before = mails().length;
    await forced[0].cancel('duress');
    await forced[1].cancel('duress');
    await world.stream();
    expect(
      mails()
        .slice(before)
        .map(({ attributes }) => attributes['type']),
    ).toEqual(['alert.cancelled-under-duress.v1']);
    await rounds(1);
    expect(
      digests()
        .at(-1)
        ?.cases.map(({ person: { name } }) => name)[0],
    ).toBe('Dos Forzado');
  });
});

describe('a digest', () => {
  it('is one, however many watchmen are at work', async () => {
    const { world, several, pressAll, digests, round } = await setUp();
    await pressAll(await several(6));
    world.skip(30_000);
    await Promise.all([round(), round(), round()]);
    expect(digests().map(({ cases }) => cases.length)).toEqual([4]);
  });

  it('is sent again when the watchman dies before it is recorded, and then never again', async () => {
    const { world, several, pressAll, digests, named, statusOf, rounds, round } = await setUp();
    const people = await several(6);
    await pressAll(people);
    world.break((operation, input) => operation === 'UpdateItem' && /"sent"/.test(JSON.stringify(input)));
    world.skip(30_000);
    await round();
    expect(digests()).toHaveLength(1);
    world.mend();
    await rounds(3);
    expect(digests()).toHaveLength(2);
    expect(new Set(named()).size).toBe(4);
    expect(people.every((one) => statusOf(one) === 'sent')).toBe(true);
  });

  it('waits while SNS does not take it, and rings the alarm after three minutes', async () => {
    const { world, several, pressAll, named, waiting, isDigest, rounds, round } = await setUp();
    await pressAll(await several(5));
    world.break(isDigest);
    const late: string[] = [];
    for (let minute = 0; minute < 4; minute += 1) {
      world.skip(60_000);
      const happened = await round();
      expect(happened.some(({ kind }) => kind === 'digest-failed')).toBe(true);
      late.push(
        ...happened.flatMap((one) =>
          one.kind === 'digest-late' ? [`${minute} ${one.officeId} ${one.seconds >= 180}`] : [],
        ),
      );
    }
    expect(late).toContain('3 ministry true');
    expect(late.some((one) => one.startsWith('1 '))).toBe(false);
    world.mend();
    await rounds(1);
    // With what that round found due of all five.
    expect(named()).toHaveLength(5);
    expect(waiting()).toBe(0);
  });

  it('is halved where SNS refuses it for good, until it takes it', async () => {
    const { world, several, pressAll, named, waiting, isDigest, rounds } = await setUp();
    await pressAll(await several(9));
    world.intercept(async (call, goOn) => {
      const { cases = [] } = isDigest(call.operation, call.input)
        ? (JSON.parse((JSON.parse(String(call.input['Message'])) as { default: string }).default) as Digest)
        : {};
      if (cases.length > 3) throw new InvalidParameterException({ message: 'too long', $metadata: {} });
      return goOn();
    });
    await rounds(2);
    expect(new Set(named()).size).toBe(7);
    expect(named()).toHaveLength(7);
    expect(waiting()).toBe(0);
  });

  it('that reaches nobody any more passes the cases on, each to its next office', async () => {
    const { world, several, pressAll, statusOf, rounds } = await setUp();
    const people = await several(5);
    await pressAll(people);
    world.sns.removeSubscriptions('alert-button-consulate-los-angeles');
    await rounds(1);
    const ended = (status: string) => people.filter((one) => statusOf(one, 'consulate') === status).length;
    expect([ended('sent'), ended('unreachable')]).toEqual([2, 3]);
    await world.stream();
    await rounds(1);
    const told = world.sns.inbox({ endpoint: 'alert-button-consulate-santa-ana@offices.example' });
    const passedOn = people.filter((one) => statusOf(one, 'consulate') === 'unreachable');
    expect(passedOn.filter(({ name }) => !told.some(({ body }) => body.includes(name)))).toEqual([]);
  });

  it('that cannot be counted is recorded as taken, and not sent again', async () => {
    const { world, several, pressAll, digests, statusOf, rounds } = await setUp();
    const people = await several(4);
    await pressAll(people);
    world.break((operation) => operation === 'GetTopicAttributes');
    await rounds(1);
    expect(people.filter((one) => statusOf(one) === 'pending')).toHaveLength(2);
    world.mend();
    await rounds(4);
    expect(people.every((one) => statusOf(one) === 'sent')).toBe(true);
    const ofPresses = digests().filter(({ cases }) =>
      cases.some(({ happened }) => happened.some(({ type }) => type === 'alert.raised.v1')),
    );
    expect(ofPresses).toHaveLength(1);
  });

  it('tells of a case that was closed meanwhile what happened to it', async () => {
    const { world, several, pressAll, digests, rounds } = await setUp();
    const people = await several(4);
    await pressAll(people);
    await people[3]?.cancel('pin');
    await world.stream();
    await rounds(1);
    const row = digests()[0]?.cases.find(({ alertId }) => alertId === people[3]?.alertId);
    expect(row?.happened.map(({ type }) => type)).toEqual(['alert.raised.v1', 'alert.cancelled.v1']);
  });

  it('leaves out a family that was erased, and one that cannot be read keeps no other from being told', async () => {
    const { world, several, pressAll, named, waiting, rounds } = await setUp();
    const people = await several(6);
    await pressAll(people);
    const [gone, broken] = people.slice(-2);
    await world.table.call('DeleteItem', {
      TableName: 'alerts',
      Key: { pk: { S: `FAMILY#${gone?.familyId}` }, sk: { S: 'FAMILY' } },
    });
    world.break((operation, input) => operation === 'GetItem' && JSON.stringify(input).includes(broken?.alertId ?? ''));
    await rounds(1);
    expect(named()).toHaveLength(2);
    expect(waiting()).toBe(2);
    world.mend();
    await rounds(1);
    expect(named()).toContain(broken?.alertId);
    expect(named()).not.toContain(gone?.alertId);
    expect(waiting()).toBe(0);
  });
});
