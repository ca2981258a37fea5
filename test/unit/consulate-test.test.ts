import { describe, expect, it } from 'vitest';
import { alertRaisedSchema } from '../../shared/contracts/announcement-whole.ts';
import { openConsulates } from '../../shared/data/consulates.ts';
import { operator } from '../support/operator-commands.ts';

const boise = 'alert-button-consulate-boise';

describe('npm run consulate -- test', () => {
  it('sends a drill to one office, never to its phones, and says to how many', async () => {
    const { run, sns } = await operator();
    await run('subscribe', 'boise', 'email', 'guardia@example.org');
    await run('subscribe', 'boise', 'https', 'https://boise.example.org/alerts');
    await run('subscribe', 'boise', 'sms', '+12085550199');
    const { code, out } = await run('test', 'boise');
    expect(code).toBe(0);
    expect(out).toMatch(/^boise +2 of 3 confirmed \(email 1, https 1\) +sms 1: no drills$/m);
    expect(out).toContain('A test marked SIMULACRO went to 1 of 1.');

    const received = sns.inbox({ topic: boise });
    expect(received.map(({ protocol }) => protocol)).toEqual(['email', 'https']);
    for (const { attributes } of received) {
      expect(attributes).toMatchObject({ type: 'alert.raised.v1', drill: 'true', consulateId: 'boise' });
    }
    const { Message } = JSON.parse(received[1]!.body);
    expect(alertRaisedSchema.parse(JSON.parse(Message))).toMatchObject({ status: 'Exercise', addresses: ['boise'] });
    expect(received[0]!.subject).toMatch(/^SIMULACRO: /);
  });

  it('goes to every open office and the ministry unless some are named, and once to each', async () => {
    const { run, sns, everybody } = await operator();
    await everybody();
    const count = openConsulates.length + 1;
    expect(await run('test')).toMatchObject({ code: 0, out: expect.stringContaining(`went to ${count} of ${count}`) });
    expect(sns.inbox()).toHaveLength(count);
    const { code, out } = await run('test', 'boise', 'ministry', 'boise', '--json');
    expect({ code, json: JSON.parse(out) }).toEqual({
      code: 0,
      json: {
        drill: true,
        offices: [
          { id: 'boise', status: 'sent', confirmed: 1, sentTo: 1, leftOut: 0 },
          { id: 'ministry', status: 'sent', confirmed: 1, sentTo: 1, leftOut: 0 },
        ],
      },
    });
    expect(sns.inbox()).toHaveLength(count + 2);
  });

  it('ends with 1 while an office cannot be tried, and does not publish to it', async () => {
    const { run, sns } = await operator({ confirm: 'manual' });
    await run('subscribe', 'boise', 'sms', '+12085550199');
    await run('subscribe', 'yuma', 'email', 'guardia@example.org');
    const before = sns.inbox().length;
    const { code, out } = await run('test', 'boise', 'yuma');
    expect(code).toBe(1);
    expect(out).toMatch(/^boise +NOBODY: 0 of 1 confirmed +sms 1: no drills$/m);
    expect(out).toMatch(/^yuma +NOBODY: no confirmed subscriber/m);
    expect(out).toContain('Nothing was sent.');
    expect(sns.inbox()).toHaveLength(before);
  });

  it('warns of a phone that drills do page, as it was subscribed without the filter', async () => {
    const { run, sns } = await operator();
    await sns.subscribe({ topic: boise, protocol: 'sms', endpoint: '+12085550199' });
    const { code, out } = await run('test', 'boise');
    expect(code).toBe(0);
    expect(out).toContain('Drills page phones at boise');
    const [sms] = sns.inbox({ topic: boise });
    expect(sms!.body).toMatch(/SIMULACRO, no es real/);
  });

  it('ends with 2 when SNS did not take one of the messages, and says which', async () => {
    const { run, everybody } = await operator({ failing: [boise] });
    await everybody();
    const { code, out } = await run('test', 'boise', 'yuma');
    expect(code).toBe(2);
    expect(out).toMatch(/^boise +FAILED: SNS did not take the message/m);
    expect(out).toMatch(/^yuma +1 of 1 confirmed/m);
    expect(out).toContain('went to 1 of 2');
  });

  it('says so when the stack has not the function yet, or it fails as a whole', async () => {
    const old = await operator({ outputs: { DrillFunction: '' } });
    await old.everybody();
    expect(await old.run('test', 'boise')).toMatchObject({
      code: 2,
      err: 'The deployed stack is older than this command: deploy it again (npm run deploy).',
    });
    const broken = await operator({ outputs: { DrillFunction: 'breaks' } });
    await broken.everybody();
    expect(await broken.run('test', 'boise')).toMatchObject({
      code: 2,
      err: expect.stringContaining('docs/runbook.md#send-drill'),
    });
  });
});
