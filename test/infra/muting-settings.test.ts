import { describe, expect, it } from 'vitest';
import { readConfig } from '../../infra/config.ts';
import { warningsOf } from '../../infra/muting-settings.ts';

const legalHelp = { name: 'Ayuda', phone: '+12135550199' };
const warned = (settings: object) => warningsOf(readConfig({ legalHelp, ...settings }, ['dallas'])).map(({ id }) => id);

describe('settings by which somebody may hear nothing', () => {
  it.each([
    ['none is set', {}, []],
    ['nobody helps where no office may know', { legalHelp: undefined }, ['alert-button:no-legal-help']],
    ['the ministry hears by mail alone', { ministry: { email: 'a@b.org' } }, ['alert-button:ministry-by-mail-only']],
    [
      'a machine of the ministry hears as well',
      {
        ministry: { email: 'a@b.org' },
        consulateSubscribers: { ministry: [{ protocol: 'https', endpoint: 'https://sre.example/hook' }] },
      },
      [],
    ],
    [
      'a toll-free number sends abroad',
      { smsOriginationNumber: '+18885550199' },
      ['alert-button:origination-number-abroad'],
    ],
    ['a number sends at home', { smsOriginationNumber: '+12065550199', smsCountries: ['US'] }, []],
    ['the region has no SMS', { region: 'ap-southeast-5' }, ['alert-button:region-without-sms']],
    ['a new account cannot reserve', { reservedConcurrency: 50 }, ['alert-button:reserved-concurrency']],
  ])('%s', (_, settings, expected) => {
    expect(warned(settings)).toEqual(expected);
  });

  it('refuses a number of one country for relatives in another', () => {
    expect(() => warned({ smsOriginationNumber: '+12065550199' })).toThrow('relatives in MX would get no SMS');
    expect(() => warned({ smsOriginationNumber: '+525512345678' })).toThrow('relatives in US would get no SMS');
  });
});
