import { describe, expect, it } from 'vitest';
import type { Link, LinkRecipient } from '../../shared/domain/case/links.ts';
import { linkMaker, officeIdOf, officeListOf, officeWithId } from '../../shared/domain/case/links.ts';
import { anAlert } from '../support/fixtures.ts';

const now = new Date('2026-11-22T20:00:00.000Z');
const consulate: LinkRecipient = { kind: 'consulate', id: 'los-angeles' };
const make = async (recipient: LinkRecipient, drill = false) => {
  const minted: Link[] = [];
  const mint = async (link: Link) => `token${minted.push(link)}`;
  const url = await linkMaker({ mint }, 'https://example.org', () => now)(recipient, anAlert({ drill }));
  return { url, link: minted[0] };
};

describe('a link', () => {
  it.each<[LinkRecipient, string]>([
    [{ kind: 'family' }, 'f'],
    [{ kind: 'trusted' }, 't'],
    [consulate, 'c'],
    [{ kind: 'ministry' }, 'c'],
  ])('of %j opens its page', async (recipient, page) => {
    const { url, link } = await make(recipient);
    expect(url).toBe(`https://example.org/${page}/token1`);
    const { familyId, alertId } = anAlert();
    expect(link).toEqual({ familyId, alertId, recipient, expiresAt: expect.any(String) });
  });

  it('opens its case for 30 days; a trusted contact may need theirs years later', async () => {
    expect((await make({ kind: 'family' })).link?.expiresAt).toBe('2026-12-22T20:00:00.000Z');
    expect((await make(consulate)).link?.expiresAt).toBe('2026-12-22T20:00:00.000Z');
    expect((await make({ kind: 'trusted' })).link?.expiresAt).toBe('2031-11-21T20:00:00.000Z');
  });

  it('of a drill is known as that', async () => {
    expect((await make(consulate, true)).link?.drill).toBe(true);
  });

  it('to a case opens the list of its office too', () => {
    expect(officeListOf('https://example.org/c/token')).toBe('https://example.org/o/token');
    expect(officeListOf('https://example.org/c/d/c/token')).toBe('https://example.org/c/d/o/token');
  });

  it('is for an office by its id, or for the ministry', () => {
    for (const id of ['los-angeles', 'ministry']) expect(officeIdOf(officeWithId(id))).toBe(id);
    expect(officeWithId('ministry')).toEqual({ kind: 'ministry' });
  });
});
