import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createHandler } from '../../functions/answer-queries/handler.ts';
import { consentTexts } from '../../shared/data/consent-texts.ts';
import { agreedText } from '../../shared/domain/family/consent-text.ts';
import { officerCase } from '../../shared/pages/case-for-officer.ts';
import { expectDocumented } from '../support/api-contract.ts';
import { aCase, offices } from '../support/cases.ts';
import { aContext, aFamily, anEvent, answerOf } from '../support/fixtures.ts';
import { queryDeps } from '../support/query-deps.ts';
import { languages } from '../../shared/domain/vocabulary.ts';

const ask = async (queryStringParameters: Record<string, string>, texts = consentTexts) => {
  const handler = createHandler({ ...queryDeps(), consentTexts: texts });
  const routeKey = 'GET /v1/consent';
  return expectDocumented(routeKey, answerOf(await handler(anEvent({ routeKey, queryStringParameters }), aContext)));
};
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

describe('GET /v1/consent', () => {
  it('gives the newest text in the language asked for, with the hash of its words', async () => {
    for (const language of languages) {
      const { status, body } = await ask({ language });
      expect(status).toBe(200);
      expect(body).toMatchObject({ version: '2026-01', language, sha256: sha256(String(body['text'])) });
    }
    const newer = { version: '2027-01', language: 'es' as const, text: 'otro', sha256: sha256('otro') };
    expect((await ask({}, [...consentTexts, newer])).body).toEqual(newer);
  });

  it('gives an older version that is asked for, and 404 for one that never was', async () => {
    const newer = { version: '2027-01', language: 'es' as const, text: 'otro', sha256: sha256('otro') };
    const { body } = await ask({ version: '2026-01' }, [...consentTexts, newer]);
    expect(body['version']).toBe('2026-01');
    expect((await ask({ version: '2025-12' })).status).toBe(404);
    expect((await ask({ version: 'no such thing' })).status).toBe(400);
  });

  it('has changed no text that somebody may have agreed to', () => {
    expect(consentTexts.map(({ version, language, sha256: hash }) => `${version} ${language} ${hash}`)).toEqual([
      '2026-01 es 1156d6026cb34acf8b72a4fa5d71779fad81abd7fc57dc61a02a8a8a335e5127',
      '2026-01 en bb5ae85e673082667dcf76e8ef16485e4a97d377eb5152fd6d2446d4777398fa',
    ]);
  });
});

describe('the text that was agreed to', () => {
  const losAngeles = { kind: 'consulate', id: 'los-angeles' } as const;
  const agreedTo = (sha: string) => ({
    consularNotification: true,
    version: '2026-01',
    language: 'es' as const,
    sha256: sha,
    at: '2026-11-01T00:00:00.000Z',
  });
  const shown = (sha: string) =>
    officerCase(aCase({ family: aFamily({ consent: agreedTo(sha) }) }), [], offices, { recipient: losAngeles });
  const [spanish] = consentTexts;

  it('is read by officers word for word', () => {
    const found = shown(spanish!.sha256);
    expect(found.consent).toMatchObject({ language: 'es', text: spanish!.text, sha256: spanish!.sha256 });
  });

  it('is that of its version, also where another has the same words', () => {
    const later = { ...spanish!, version: '2027-01' };
    const family = aFamily({ consent: { ...agreedTo(spanish!.sha256), version: '2027-01' } });
    expect(agreedText({ consentTexts: [spanish!, later] }, family)).toBe(later);
  });

  it('is not shown when the record has another hash: those were other words', () => {
    expect(shown('0'.repeat(64)).consent.text).toBeNull();
  });
});
