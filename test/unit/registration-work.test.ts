import { createHash } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import { doWork } from '../../app/screens/register/do-work.ts';
import { sha256 } from '../../app/phone/sha256.ts';
import { createHandler } from '../../functions/register-family/handler.ts';
import { nodeSecrets } from '../../shared/adapters/node-secrets.ts';
import { consentTexts } from '../../shared/data/consent-texts.ts';
import { openConsulates } from '../../shared/data/consulates.ts';
import type { FamilyRegister } from '../../shared/domain/family/register-family.ts';
import { type AskedWork, type DoneWork, registrationWork } from '../../shared/domain/family/registration-work.ts';
import { expectDocumented } from '../support/api-contract.ts';
import { aContext, anEvent, answerOf } from '../support/fixtures.ts';
import { plainHash } from '../support/keyed-hash.ts';

const body = {
  person: { name: 'María Fernanda Ruiz', language: 'es' },
  contacts: [{ name: 'José Ruiz', channel: 'sms', endpoint: '+1 (213) 555-0101' }],
  pin: '4821',
  consent: { consularNotification: true, version: '2026-01' },
};
const begin = new Date('2026-11-22T20:00:00.000Z');
const minutes = (count: number) => new Date(begin.getTime() + count * 60_000);

const setUp = ({ asksForWork = true, key = 'key' } = {}) => {
  let now = begin;
  const register = vi.fn<FamilyRegister['register']>(async ({ family, challenge }) =>
    challenge?.stale === true ? { kind: 'stale' } : { kind: 'registered', family },
  );
  const handler = createHandler({
    families: { register },
    // The same challenge each time, so that its work need be done once only.
    secrets: { ...nodeSecrets, newLinkToken: () => 'Jd8kP3mWq5XcR7vT2nYb4s' },
    pinHasher: { hash: async () => 'hash' },
    keyedHash: async (text) => plainHash(`${key}|${text}`),
    now: () => now,
    registrationCodeHash: undefined,
    asksForWork,
    smsCountries: ['US', 'MX'],
    openConsulates,
    consentTexts,
    officeReach: { get: async () => undefined },
  });
  const ask = async (routeKey: string, json?: unknown) =>
    expectDocumented(routeKey, answerOf(await handler(anEvent({ routeKey, json }), aContext)));
  const challenge = async () => ask('GET /v1/registration-challenge');
  const post = async (work?: unknown) => ask('POST /v1/families', { ...body, ...(work !== undefined && { work }) });
  return { challenge, post, register, at: (time: Date) => (now = time) };
};

let done: Promise<DoneWork> | undefined;
const doneWork = async (): Promise<DoneWork> => {
  done ??= setUp()
    .challenge()
    .then(async ({ body: { work } }) => doWork(work as AskedWork));
  return done;
};

describe('SHA-256 in the app', () => {
  it('is that of everybody, however many blocks the text has', () => {
    for (let length = 0; length <= 200; length += 1) {
      const text = 'Botón'.replace('ó', 'o').repeat(40).slice(0, length);
      const hex = Array.from(sha256(text), (word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
      expect(hex).toBe(createHash('sha256').update(text).digest('hex'));
    }
  });
});

describe('the work for a registration', () => {
  it('is about a second of a cheap phone, of which each does 200,000 to 300,000 hashes a second', async () => {
    const { answers } = await doneWork();
    const hashes = answers.reduce((sum, answer) => sum + answer + 1, 0);
    expect(hashes).toBeGreaterThan(150_000);
    expect(hashes).toBeLessThan(400_000);
    expect(registrationWork.puzzles * 2 ** registrationWork.zeroBits).toBe(262_144);
  });

  it('is a block of SHA-256 a hash, which has room for 55 characters', async () => {
    const { challenge } = await doneWork();
    expect(`${challenge}.63.999999`.length).toBeLessThanOrEqual(55);
  });

  it('lets the page live', async () => {
    let clock = 0;
    vi.spyOn(performance, 'now').mockImplementation(() => (clock += 25));
    let others = 0;
    const other = setInterval(() => (others += 1), 0);
    await doWork({ challenge: 'any', puzzles: 8, zeroBits: 8 });
    clearInterval(other);
    expect(others).toBeGreaterThan(0);
  });
});

describe('registration where the operator asks for work', () => {
  it('asks for some, for ten minutes', async () => {
    const { status, body: answer } = await setUp().challenge();
    expect(status).toBe(200);
    expect(answer['work']).toEqual({
      challenge: expect.stringMatching(/^[\w.]+$/),
      ...registrationWork,
      expiresAt: minutes(10).toISOString(),
    });
  });

  it('takes it once it is done, and has the challenge used up in the same write', async () => {
    const { post, register } = setUp();
    const work = await doneWork();
    expect((await post(work)).status).toBe(201);
    const [entry] = register.mock.calls[0] ?? [];
    expect(entry?.challenge).toEqual({ challengeId: 'Jd8kP3mWq5X', expiresAt: minutes(10), stale: false });
    expect(JSON.stringify(entry?.family)).not.toContain(work.challenge);
  });

  it('says that it is missing, before anything is hashed or written', async () => {
    const { post, register } = setUp();
    const { status, body: answer } = await post();
    expect([status, answer['errors']]).toMatchObject([403, [{ field: 'work', code: 'missing' }]]);
    expect(register).not.toHaveBeenCalled();
  });

  it.each<[string, (work: DoneWork) => object]>([
    ['with another number', ({ answers, ...rest }) => ({ ...rest, answers: answers.with(3, (answers[3] ?? 0) + 1) })],
    ['of which one is left out', ({ answers, ...rest }) => ({ ...rest, answers: answers.slice(1) })],
    ['without any', (work) => ({ ...work, answers: [] })],
    ['of a challenge that lasts longer', (work) => ({ ...work, challenge: work.challenge.replace(/\.t/, '.u') })],
    ['of a challenge with another id', (work) => ({ ...work, challenge: `X${work.challenge.slice(1)}` })],
    ['of a challenge that is none', (work) => ({ ...work, challenge: 'mine' })],
  ])('refuses work %s', async (_, change) => {
    const { post, register } = setUp();
    const work = await doneWork();
    const changed = change(work);
    expect(changed).not.toEqual(work);
    const { status, body: answer } = await post(changed);
    expect([status, answer['errors']]).toMatchObject([403, [{ field: 'work', code: 'not-accepted' }]]);
    expect(register).not.toHaveBeenCalled();
  });

  it('refuses work that was done for a challenge of another’s key', async () => {
    const { post } = setUp({ key: 'mine' });
    expect((await post(await doneWork())).body.errors).toMatchObject([{ field: 'work', code: 'not-accepted' }]);
  });

  it('says so of work that comes too late, and leaves to the table whether it is a repeat', async () => {
    const { post, register, at } = setUp();
    const work = await doneWork();
    at(new Date(minutes(10).getTime() - 1));
    expect((await post(work)).status).toBe(201);
    at(minutes(10));
    const { status, body: answer } = await post(work);
    expect([status, answer['errors']]).toMatchObject([403, [{ field: 'work', code: 'stale' }]]);
    expect(register.mock.calls[1]?.[0].challenge).toMatchObject({ stale: true });
  });

  it('says so of work that was used before', async () => {
    const { post, register } = setUp();
    register.mockResolvedValue({ kind: 'used-before' });
    const { status, body: answer } = await post(await doneWork());
    expect([status, answer['errors']]).toMatchObject([403, [{ field: 'work', code: 'used-before' }]]);
  });
});

describe('registration where nobody asks for work', () => {
  it('says so, and takes no notice of any', async () => {
    const { challenge, post, register } = setUp({ asksForWork: false });
    expect(await challenge()).toMatchObject({ status: 200, body: { work: null } });
    expect((await post({ challenge: 'mine', answers: [] })).status).toBe(201);
    expect(register.mock.calls[0]?.[0]).not.toHaveProperty('challenge');
  });
});
