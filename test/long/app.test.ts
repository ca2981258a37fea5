import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { assembleForTest, everySetting } from '../infra/synth.ts';

describe('the app', () => {
  it('passes cdk-nag and CDK’s own validation with every optional setting in use', async () => {
    // The canary's function and a table that stays are looked at as well, and the edge under CloudFront's own name,
    // of which there is more to find.
    const { publicUrl: _publicUrl, edgeCertificateArn: _edgeCertificateArn, ...others } = everySetting;
    const settings = { ...others, canaryMinutes: 5, deletionProtection: true };
    const { outdir } = await assembleForTest(settings, true);
    const report = JSON.parse(readFileSync(join(outdir, 'validation-report.json'), 'utf8'));
    // Written only when plugins ran; lists only those that found something. An error would have thrown already.
    const found = report.pluginReports.flatMap(({ violations }: { violations: { ruleName: string }[] }) => violations);
    // Our own warnings of settings by which somebody may hear nothing.
    expect(found.map(({ ruleName }: { ruleName: string }) => ruleName).toSorted()).toEqual([
      'Annotation::alert-button:origination-number-abroad',
      'Annotation::alert-button:reserved-concurrency',
    ]);
  });

  it('makes the same template twice, assets and all, far below CloudFormation’s limits', async () => {
    const [first, second] = [await assembleForTest(), await assembleForTest()];
    expect(JSON.stringify(second.template)).toBe(JSON.stringify(first.template));
    expect(Buffer.byteLength(readFileSync(join(first.outdir, 'AlertButton.template.json')))).toBeLessThan(1_000_000);
    expect(Object.keys(first.template.Resources).length).toBeLessThan(500);
    expect(Object.keys(first.template.Outputs).sort()).toEqual([
      'AlarmTopic',
      'ApiUrl',
      'Concurrency',
      'DashboardUrl',
      'DrillFunction',
      'EscalationMinutes',
      'NextSteps',
      'OfficesWithoutSubscribers',
      'SubscribeFunction',
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
