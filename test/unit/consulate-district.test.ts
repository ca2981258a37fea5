import { describe, expect, it } from 'vitest';
import { operator } from '../support/operator-commands.ts';

describe('npm run consulate -- district', () => {
  it('names the responsible office, by whose word, and the nearest, without asking AWS', async () => {
    const { run, sent } = await operator();
    const { code, out } = await run('district', '35.222', '-101.8313');
    expect(code).toBe(0);
    expect(out).toMatch(/^district +albuquerque +Consulado de México en Albuquerque$/m);
    expect(out).toMatch(/^nearest +oklahoma-city +Consulado de México en Oklahoma City, \d{3} km$/m);
    expect(out).toMatch(/^Stated as of 2022-06-01 by .*sre-anuncia-reacomodo/m);
    expect(sent).toEqual([]);
  });

  it('takes what a map gives in one piece, and prints JSON for programs', async () => {
    const { run } = await operator();
    const { out } = await run('district', '33.4484,-112.0740', '--json');
    expect(JSON.parse(out)).toEqual({
      district: {
        office: 'phoenix',
        asOf: null,
        source: 'alianzaspanishnews.com/proteccion-consular-a-personas-mexicanas',
      },
      nearest: { office: 'phoenix', distanceMeters: expect.any(Number) },
    });
  });

  it('says where no office is stated', async () => {
    const { run } = await operator();
    const { code, out } = await run('district', '43.615', '-116.2023');
    expect(code).toBe(0);
    expect(out).toMatch(/^district +- +no open office states this county/m);
    expect(out).toMatch(/^nearest +boise/m);
  });

  it.each([[['here']], [['35.2']], [['-101.8', '35.2']], [['35.2', '-101.8', '1']], [[]]])(
    'refuses %j',
    async (args) => {
      const { run } = await operator();
      expect(await run('district', ...args)).toMatchObject({ code: 2 });
    },
  );
});
