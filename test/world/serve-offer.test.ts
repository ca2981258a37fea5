import { describe, expect, it } from 'vitest';
import { dynamoRoster } from '../../shared/adapters/dynamo-roster.ts';
import { composeServeCase } from '../../shared/compose.ts';
import { actOnCase } from '../../shared/domain/case/act-on-case.ts';
import { folioOf } from '../../shared/domain/case/folio.ts';
import type { Representative } from '../../shared/domain/representatives/representative.ts';
import { resourceNames } from '../../shared/names.ts';
import { aRepresentative } from '../support/representatives.ts';
import { pagesOf, type Sent } from '../support/serving.ts';
import { authorised, createWorld, downtown } from '../support/world.ts';

const officer = 'Lic. Ana Pérez';
const [vega, luna] = [
  aRepresentative({ email: 'vega@example.org' }),
  aRepresentative({
    representativeId: '7c0e6f52-0000-4000-8000-000000000002',
    name: 'Lic. Inés Luna',
    phone: '+12135550178',
    email: 'luna@example.org',
  }),
];
const losAngeles = { kind: 'consulate', id: 'los-angeles' } as const;

/** Two persons who pressed, whose cases Los Angeles has taken, and two representatives. */
const setUp = async () => {
  const world = await createWorld({
    registers: {
      person: { name: 'Rosa Itzel Quiroz', language: 'es' },
      contacts: [{ name: 'Tomás Quiroz', channel: 'sms', endpoint: '+12135550131' }],
      consent: authorised,
    },
  });
  const other = await world.newFamily({
    person: { name: 'Bernardo Olmos', language: 'es' },
    contacts: [{ name: 'Lidia Olmos', channel: 'sms', endpoint: '+12135550142' }],
    consent: authorised,
  });
  const book = dynamoRoster(world.outside.dynamo, 'alerts', world.now);
  for (const { representativeId, email = '' } of [vega, luna]) {
    const topic = `${resourceNames.representativeTopicPrefix}${representativeId}`;
    await world.sns.call('CreateTopic', { Name: topic });
    await world.sns.subscribe({ topic, protocol: 'email', endpoint: email });
  }
  await book.putAll([vega, luna]);
  await world.stream();
  const deps = world.of(composeServeCase);
  const act = async (
    ref: { readonly familyId: string; readonly alertId: string },
    deed: Parameters<typeof actOnCase>[2],
  ): Promise<void> => {
    expect(await actOnCase(deps, { ...ref, recipient: losAngeles }, deed)).toMatchObject({ kind: 'done' });
    await world.stream();
  };
  const cases = [];
  for (const token of [world.token, other.token]) {
    const alertId = await world.pressed({ position: downtown }, token);
    const ref = { familyId: token.familyId, alertId };
    await act(ref, { action: 'acknowledge', officer });
    cases.push(ref);
  }
  const [mine, others] = cases;
  if (!mine || !others) throw new Error('no cases');
  const ask = async (routeKey: string, token: string, { action = '', ...sent }: Sent & { action?: string } = {}) =>
    pagesOf(world)(routeKey, { token, action }, { accept: 'application/json', ...sent });
  return {
    world,
    book,
    act,
    ask,
    mine,
    others,
    /** The link of the last message. */
    offer: async (ref: typeof mine, { representativeId, email = '' }: Representative): Promise<string> => {
      await act(ref, { action: 'offer', officer, representativeId });
      const [, token = ''] = /\/l\/(\w{22})/.exec(world.sns.inbox({ endpoint: email }).at(-1)?.body ?? '') ?? [];
      return token;
    },
    /** The page in all its forms, as one text. */
    read: async (token: string): Promise<string> => {
      const answers = [];
      for (const accept of ['application/json', 'text/html']) {
        const answer = await ask('GET /l/{token}', token, { accept });
        expect(answer.status).toBe(200);
        answers.push(answer.body);
      }
      return answers.join('\n');
    },
    answer: async (token: string, action: string, json: object = {}) =>
      ask('POST /l/{token}/{action}', token, { action, json }),
  };
};

const ofOlmos = ({ others }: { others: { familyId: string; alertId: string } }): string[] => [
  'Olmos',
  '+12135550142',
  '5550142',
  others.familyId,
  others.alertId,
  folioOf(others.familyId, others.alertId),
  'NOTA DE OTRO CASO',
];

describe('the link of a representative', () => {
  it('shows nothing of another case, also of one that they have too', async () => {
    const there = await setUp();
    const [mine, theirs] = [await there.offer(there.mine, vega), await there.offer(there.others, vega)];
    for (const token of [mine, theirs]) expect((await there.answer(token, 'accept')).status).toBe(200);
    await there.answer(theirs, 'note', { text: 'NOTA DE OTRO CASO' });
    await there.answer(theirs, 'contacted', { note: 'NOTA DE OTRO CASO, dos' });
    const { contactId = '' } = there.world.contacts[0] ?? {};
    await there.act(there.mine, { action: 'share-contact', officer, contactId });
    const page = await there.read(mine);
    expect(page).toContain('Rosa Itzel Quiroz');
    expect(page).toContain('Tomás Quiroz');
    for (const text of ofOlmos(there)) expect(page).not.toContain(text);
    expect(await there.read(theirs)).toContain('NOTA DE OTRO CASO');
    // Of officers' links a case may be named; here the name changes nothing.
    const named = { case: `${there.others.familyId}.${there.others.alertId}` };
    const { body } = await there.ask('GET /l/{token}', mine, { query: named });
    expect(body).toEqual((await there.ask('GET /l/{token}', mine)).body);
  });

  it('opens no page of officers, families or trusted contacts, and none of theirs opens it', async () => {
    const there = await setUp();
    const token = await there.offer(there.mine, vega);
    await there.answer(token, 'accept');
    const query = { case: `${there.others.familyId}.${there.others.alertId}` };
    for (const route of [
      'GET /c/{token}',
      'GET /o/{token}',
      'GET /o/{token}/numbers',
      'GET /f/{token}',
      'GET /t/{token}',
    ]) {
      expect([route, (await there.ask(route, token, { query })).status]).toEqual([route, 404]);
    }
    for (const action of ['close', 'note', 'offer', 'share-contact', 'take', 'seen']) {
      for (const kind of ['c', 'l', 'f', 't']) {
        // A note is theirs to write.
        if (kind === 'l' && action === 'note') continue;
        const json = { officer, name: 'Ana', text: 'nota', disposition: 'safe', confirm: true };
        const answer = await there.ask(`POST /${kind}/{token}/{action}`, token, { action, json });
        expect([kind, action, answer.status]).toEqual([kind, action, 404]);
      }
    }
    const officers = there.world
      .published()
      .flatMap(({ bodies }) =>
        [...(bodies['email'] ?? '').matchAll(/\/[cf]\/(\w{22})/g)].map(([, found = '']) => found),
      );
    expect(officers.length).toBeGreaterThan(2);
    for (const link of officers) expect((await there.ask('GET /l/{token}', link)).status).toBe(404);
  });

  it('says before they accept not whose case it is, and after another has, nothing more', async () => {
    const there = await setUp();
    const [first, second] = [await there.offer(there.mine, vega), await there.offer(there.mine, luna)];
    const ofPerson = [
      'Quiroz',
      'Rosa Itzel',
      '5550131',
      folioOf(there.mine.familyId, there.mine.alertId),
      there.mine.alertId,
    ];
    for (const token of [first, second]) {
      const page = await there.read(token);
      for (const text of [...ofPerson, vega.phone, luna.phone]) expect(page).not.toContain(text);
    }
    await there.answer(first, 'accept');
    await there.answer(first, 'note', { text: 'NOTA DE VEGA' });
    expect(await there.read(first)).toContain('NOTA DE VEGA');
    const refused = await there.answer(second, 'accept');
    expect([refused.status, JSON.parse(refused.body)]).toMatchObject([409, { reason: 'already-taken' }]);
    const page = await there.read(second);
    for (const text of [...ofPerson, 'NOTA DE VEGA', vega.name, vega.phone]) expect(page).not.toContain(text);
  });

  it('opens nothing once they were removed, also of a case that they have, and for whom nobody offered it', async () => {
    const there = await setUp();
    const [mine, theirs] = [await there.offer(there.mine, vega), await there.offer(there.others, vega)];
    await there.answer(mine, 'accept');
    await there.book.remove(vega);
    for (const token of [mine, theirs]) {
      expect((await there.ask('GET /l/{token}', token)).status).toBe(404);
      for (const action of ['accept', 'decline', 'contacted', 'note', 'done']) {
        expect([action, (await there.answer(token, action, { text: 'nota' })).status]).toEqual([action, 404]);
      }
    }
  });

  it('is read for 30 days after the case was closed, without anything to do, and then opens nothing', async () => {
    const there = await setUp();
    const token = await there.offer(there.mine, vega);
    await there.answer(token, 'accept');
    await there.act(there.mine, { action: 'close', officer, disposition: 'safe', familyNote: 'Está en casa.' });
    there.world.skip(29 * 86_400_000);
    const { body } = await there.ask('GET /l/{token}', token);
    expect(JSON.parse(body)).toMatchObject({ state: 'closed', actions: [], case: { person: {} } });
    for (const action of ['accept', 'contacted', 'note', 'done']) {
      const { status } = await there.answer(token, action, { text: 'nota' });
      // What was accepted is accepted.
      expect([action, status]).toEqual([action, action === 'accept' ? 200 : 409]);
    }
    there.world.skip(2 * 86_400_000);
    expect((await there.ask('GET /l/{token}', token)).status).toBe(404);
  });
});
