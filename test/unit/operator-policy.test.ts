import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Json } from '../support/local-stack.ts';
import { operator } from '../support/operator-commands.ts';
import { deskWith, family, first, now, secrets, timeline } from '../support/operator-items.ts';

describe('the policy of an operator’s role', () => {
  const policy = JSON.parse(/```json\n([^]*?)```/.exec(readFileSync('docs/operating.md', 'utf8'))![1]!);
  const statements: { Sid: string; Action: string | string[]; Condition?: Json }[] = policy.Statement;
  const list = (value: string | string[]) => [value].flat();

  it('allows what the commands call, and no more', async () => {
    const desk = await operator({ now, confirm: 'manual' });
    desk.table.put(...timeline);
    await desk.sns.subscribe({
      topic: 'alert-button-ministry',
      protocol: 'sqs',
      endpoint: 'arn:aws:sqs:us-east-1:000000000000:alertas',
    });
    await desk.run('list');
    await desk.run('subscribe', 'boise', 'email', 'guardia@example.org');
    await desk.run('confirm', 'boise', '--token', desk.sns.inbox({ endpoint: 'guardia@example.org' })[0]!.token!);
    await desk.run('test', 'boise');
    await desk.run('unsubscribe', 'boise', 'guardia@example.org');
    await desk.alerts('open');
    await desk.alerts('show', first);
    await desk.alerts('closed');
    await desk.alerts('numbers');
    // DynamoDB asks KMS in the caller's name; Lambda's action has another name than its operation.
    const called = [...desk.actions()].map((action) => action.replace(/:Invoke$/, ':InvokeFunction'));
    expect(new Set(statements.flatMap(({ Action }) => list(Action)))).toEqual(new Set([...called, 'kms:Decrypt']));
  });

  it('lets DynamoDB show the attributes that the commands ask for, and no others', async () => {
    const { alerts, queries } = await deskWith(...timeline);
    await alerts('open');
    await alerts('show', family, first);
    await alerts('numbers');
    await alerts('closed');
    const asked = new Set<string>(['officeId', 'dueBucket', 'dueAt']);
    for (const { ExpressionAttributeNames, Select } of queries()) {
      expect(Select).toBe('SPECIFIC_ATTRIBUTES');
      // Of a nested path IAM sees the first part.
      for (const path of Object.values(ExpressionAttributeNames as Record<string, string>)) asked.add(path);
    }
    const { Condition } = statements.find(({ Sid }) => Sid === 'SeeHowAlertsFare')!;
    const nested = new Set(['id', 'kind']);
    const allowed = Condition['ForAllValues:StringEquals']['dynamodb:Attributes'];
    expect(new Set([...asked].filter((name) => !nested.has(name)))).toEqual(new Set(allowed));
    expect(Condition.StringEquals).toEqual({ 'dynamodb:Select': 'SPECIFIC_ATTRIBUTES' });
    for (const name of Object.keys(secrets)) expect(allowed).not.toContain(name);
  });
});
