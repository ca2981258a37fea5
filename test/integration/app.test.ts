import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { assembleForTest } from '../infra/synth.ts';

describe('the app', () => {
  it('passes cdk-nag and CDK’s own validation with every optional setting in use', async () => {
    const { outdir } = await assembleForTest(
      {
        operatorEmail: 'ops@example.org',
        publicUrl: 'https://alerts.example.org',
        registrationCode: 'correct horse',
        reservedConcurrency: 20,
        smsOriginationNumber: '+18005550100',
        subscriberAccounts: ['123456789012'],
        ministry: { email: 'desk@sre.example' },
        consulateSubscribers: { dallas: [{ protocol: 'sms', endpoint: '+12145550100' }] },
      },
      true,
    );
    const report = JSON.parse(readFileSync(join(outdir, 'validation-report.json'), 'utf8'));
    // Written only when plugins ran; lists only those that found something. An error would have thrown already.
    expect(report.pluginReports).toEqual([]);
  });

  it('makes the same template twice, assets and all, far below CloudFormation’s limits', async () => {
    const [first, second] = [await assembleForTest(), await assembleForTest()];
    expect(JSON.stringify(second.template)).toBe(JSON.stringify(first.template));
    expect(Buffer.byteLength(readFileSync(join(first.outdir, 'AlertButton.template.json')))).toBeLessThan(1_000_000);
    // CloudFormation shows other characters as question marks.
    expect(JSON.stringify(first.template)).toMatch(/^[ -~]+$/);
    expect(Object.keys(first.template.Resources).length).toBeLessThan(500);
    expect(Object.keys(first.template.Outputs).sort()).toEqual([
      'AlarmTopic',
      'ApiUrl',
      'DrillFunction',
      'EscalationMinutes',
      'NextSteps',
      'OfficesWithoutSubscribers',
      'TableName',
    ]);
  });

  it('answers wrong settings with the message alone', () => {
    const { status, stderr } = spawnSync(process.execPath, ['infra/app.ts'], {
      encoding: 'utf8',
      env: { ...process.env, CDK_CONTEXT_JSON: JSON.stringify({ alertButton: { retentonDays: 3 } }) },
    });
    expect(status).toBe(1);
    expect(stderr).toBe(
      'Wrong settings (cdk.json, context "alertButton"):\n  - retentonDays: there is no such setting; did you mean "retentionDays"?\n',
    );
  });
});
