import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FamilyReach, Subscription } from '../../shared/domain/family/reach.ts';
import type { Family } from '../../shared/domain/family/family.ts';
import { maskEndpoint } from '../../shared/domain/family/mask-endpoint.ts';
import { readFamily } from '../../shared/domain/family/read-family.ts';
import { composeWarnings } from '../../shared/telling/compose-warnings.ts';
import { aFamily, anAlert, aPress } from '../support/fixtures.ts';
import { queryDeps } from '../support/query-deps.ts';
import { languages } from '../../shared/domain/vocabulary.ts';

const token = { familyId: aFamily().familyId, secretHash: 'hash' };
const read = async (facts: Parameters<typeof queryDeps>[0] = {}) => readFamily(queryDeps(facts), token);
const [phone, mailbox] = aFamily().contacts.map(({ endpoint }) => endpoint);
const { topics: _topics, ...withoutTopic } = aFamily();

const statuses = async (facts: { family?: Family; subscriptions?: readonly Subscription[]; reach?: FamilyReach }) => {
  const outcome = await read(facts);
  return outcome.kind === 'found' ? outcome.contacts.map(({ status }) => status) : outcome.kind;
};

describe('the status of a contact', () => {
  it('is what SNS says at this moment', async () => {
    const subscriptions = [
      { key: 'family' as const, endpoint: phone!, confirmed: true },
      { key: 'family' as const, endpoint: mailbox!.toUpperCase(), confirmed: false },
    ];
    expect(await statuses({ subscriptions })).toEqual(['subscribed', 'pending']);
    expect(await statuses({ subscriptions: [] })).toEqual(['unsubscribed', 'unsubscribed']);
  });

  it('is subscribed when one of two subscriptions is', async () => {
    const subscriptions = [false, true].map((confirmed) => ({ key: 'family' as const, endpoint: mailbox!, confirmed }));
    expect(await statuses({ subscriptions })).toEqual(['unsubscribed', 'subscribed']);
  });

  it('is what the table knows while SNS says nothing', async () => {
    expect(await statuses({})).toEqual(['subscribed', 'pending']);
  });

  it('is pending in the minute after they were added', async () => {
    const at = (addedAt: string) => aFamily({ contacts: aFamily().contacts.map((one) => ({ ...one, addedAt })) });
    const asked = async (addedAt: string) => statuses({ family: at(addedAt), subscriptions: [] });
    expect(await asked('2026-11-22T20:09:00.001Z')).toEqual(['pending', 'pending']);
    expect(await asked('2026-11-22T20:09:00.000Z')).toEqual(['unsubscribed', 'unsubscribed']);
  });

  it('is pending before the family has a topic', async () => {
    expect(await statuses({ family: withoutTopic, subscriptions: [] })).toEqual(['pending', 'pending']);
  });
});

it('says whether a home is known, and not where', async () => {
  const { homePosition: _, ...homeless } = aFamily().person;
  const home = { latitude: 34.05, longitude: -118.24 };
  for (const [person, hasHome] of [
    [homeless, false],
    [{ ...homeless, homePosition: home }, true],
  ] as const) {
    const outcome = await read({ family: aFamily({ person }) });
    expect(outcome).toMatchObject({ person: { hasHome } });
    expect(JSON.stringify(outcome)).not.toContain('34.05');
  }
});

const reachOf = (contacts: FamilyReach['contacts']): FamilyReach => ({
  contacts,
  reachable: 0,
  checkedAt: '2026-11-22T00:00:00.000Z',
});

describe('what the person is warned of', () => {
  const warned = async (
    subscriptions: readonly Subscription[] | undefined,
    reach: FamilyReach | undefined,
    family: Family = aFamily(),
  ) => {
    const outcome = await read({ subscriptions, family, ...(reach && { reach }) });
    return outcome.kind === 'found' ? outcome.warnings.map(({ code, contact }) => [code, contact?.contactId]) : [];
  };
  const sms = { key: 'family' as const, endpoint: phone!, confirmed: true };
  const email = (confirmed: boolean) => ({ key: 'family' as const, endpoint: mailbox!, confirmed });
  const nobody = ['nobody-reachable', undefined];

  it('is nothing while everybody can be reached, and nothing that is not known', async () => {
    expect(await warned([sms, email(true)], undefined)).toEqual([]);
    expect(await warned(undefined, undefined)).toEqual([]);
    expect(await warned([], undefined, withoutTopic)).toEqual([]);
  });

  it('is a phone that answered STOP, by the last check, whatever SNS calls it', async () => {
    const reach = reachOf({ c1: { status: 'opted-out', confirmed: true } });
    expect(await warned([sms, email(true)], reach)).toEqual([['opted-out', 'c1']]);
    expect(await warned([sms, email(false)], reach)).toEqual([nobody, ['opted-out', 'c1'], ['not-confirmed', 'c2']]);
    expect(await statuses({ subscriptions: [sms, email(true)], reach })).toEqual(['opted-out', 'subscribed']);
    expect(await statuses({ reach })).toEqual(['opted-out', 'pending']);
  });

  it('is a mailbox that nobody confirmed within a day, and one whose confirmation SNS has forgotten', async () => {
    const fresh = aFamily({ registeredAt: '2026-11-22T01:00:00.000Z' });
    expect(await warned([sms, email(false)], undefined, fresh)).toEqual([]);
    expect(await warned([sms, email(false)], undefined)).toEqual([['not-confirmed', 'c2']]);
    const never = reachOf({ c1: { status: 'subscribed', confirmed: true }, c2: { status: 'pending' } });
    expect(await warned([sms], never)).toEqual([['confirmation-expired', 'c2']]);
    expect(await statuses({ subscriptions: [sms], reach: never })).toEqual(['subscribed', 'pending']);
  });

  it('is a mailbox that left, and that nobody can be reached any more', async () => {
    const left = reachOf({ c2: { status: 'unsubscribed', confirmed: true } });
    expect(await warned([sms], left)).toEqual([['unsubscribed', 'c2']]);
    expect(await warned([], left)).toEqual([nobody, ['unsubscribed', 'c1'], ['unsubscribed', 'c2']]);
  });

  it('is a mailbox that left before anybody looked, not one that let its confirmation pass', async () => {
    const fresh = aFamily({ registeredAt: '2026-11-22T01:00:00.000Z' });
    const unseen = reachOf({ c1: { status: 'subscribed', confirmed: true }, c2: { status: 'pending' } });
    expect(await warned([sms], unseen, fresh)).toEqual([['unsubscribed', 'c2']]);
  });

  it('says in the family’s language what to do, of whom, and never where they can be reached', () => {
    const [contact] = aFamily().contacts;
    const codes = ['opted-out', 'unsubscribed', 'not-confirmed', 'confirmation-expired'] as const;
    for (const language of languages) {
      const composed = composeWarnings(
        [{ code: 'nobody-reachable' }, ...codes.map((code) => ({ code, contact: contact! }))],
        language,
      );
      expect(composed[0]).toEqual({ code: 'nobody-reachable', detail: expect.not.stringContaining('{') });
      for (const { detail, contactId } of composed.slice(1)) {
        expect([contactId, detail.includes('José Ruiz'), detail.includes(contact!.endpoint)]).toEqual([
          'c1',
          true,
          false,
        ]);
        expect(detail).not.toContain('{');
      }
    }
  });
});

describe('a device that pressed for real', () => {
  const drill = { alert: anAlert({ drill: true }), events: [] };
  const real = { alert: anAlert({ alertId: 'real' }), events: [] };

  it('gets counts alone, as soon as the press is in the table', async () => {
    expect(await read({ pressed: [drill, real] })).toEqual({
      kind: 'seized',
      familyId: token.familyId,
      counts: { pending: 1, subscribed: 1, 'opted-out': 0, unsubscribed: 0, waiting: 0 },
    });
  });

  it('gets them for good, also when the press is gone', async () => {
    const family = aFamily({ seizedDevices: new Set(['d1']) });
    expect((await read({ family })).kind).toBe('seized');
  });

  it('is none that rehearsed, nor another phone of the family', async () => {
    expect((await read({ pressed: [drill] })).kind).toBe('found');
    expect((await read({ pressed: [real], deviceId: 'd2' })).kind).toBe('found');
    const family = aFamily({ seizedDevices: new Set(['d1']) });
    expect((await read({ family, deviceId: 'd2' })).kind).toBe('found');
  });
});

describe('the last drill', () => {
  it('is the latest, by whichever phone', async () => {
    const drills = ['2026-11-20', '2026-11-22', '2026-11-21'].map((day) => ({
      alert: anAlert({ alertId: day, drill: true, deviceId: `of ${day}`, raisedAt: `${day}T20:00:00.000Z` }),
      events: [],
    }));
    expect(await read({ pressed: drills })).toMatchObject({ lastDrill: { alert: { alertId: '2026-11-22' } } });
  });

  // The PIN makes a case go earlier than the duress PIN: from `until` on there must be no difference (G7).
  it('is no cancelled one whose time is over, whether the table still has it or not', async () => {
    const deviceView = { state: 'closed', status: '{}', until: '2026-11-22T20:10:00.000Z' } as const;
    const older = {
      alert: anAlert({ alertId: 'older', drill: true, raisedAt: '2026-10-01T20:00:00.000Z' }),
      events: [],
    };
    const cancelled = { alert: anAlert({ alertId: 'cancelled', drill: true, deviceView }), events: [] };
    for (const pressed of [[older], [older, cancelled]]) {
      expect(await read({ pressed })).toMatchObject({ lastDrill: { alert: { alertId: 'older' } } });
    }
  });

  it('is none when it has expired since', async () => {
    const deps = { ...queryDeps(), presses: { list: async () => [aPress(anAlert({ drill: true }))] } };
    expect(await readFamily(deps, token)).toMatchObject({ kind: 'found', lastDrill: undefined });
  });
});

describe('a masked endpoint', () => {
  it.each([
    ['sms', '+12135550101', '+1********01'],
    ['sms', '+525512345678', '+52********78'],
    ['sms', '+50212345678', '+502******78'],
    ['email', 'lupita@example.com', 'l***@example.com'],
    ['email', 'x@example.com', 'x***@example.com'],
    ['email', '"a@b"@example.com', '"***@example.com'],
    ['email', 'ñandú@example.com', 'ñ***@example.com'],
  ] as const)('hides who it is: %s %s', (channel, endpoint, masked) => {
    expect(maskEndpoint({ channel, endpoint })).toBe(masked);
  });

  it('keeps the length of a phone and at most its code and two digits', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\+[1-9]\d{7,14}$/), (endpoint) => {
        const masked = maskEndpoint({ channel: 'sms', endpoint });
        expect(masked).toHaveLength(endpoint.length);
        expect(masked).toMatch(/^\+\d{1,3}\*{3,}\d{2}$/);
      }),
    );
  });
});
