import { readFileSync } from 'node:fs';
import { marshall } from '@aws-sdk/util-dynamodb';
import { describe, expect, it } from 'vitest';
import { rosterOfferItem } from '../../shared/adapters/dynamo-roster.ts';
import { createMemoryTable } from '../model/memory-table.ts';
import type { Json } from '../support/local-stack.ts';
import { operator } from '../support/operator-commands.ts';
import { deskWith, family, first, now, secrets, timeline } from '../support/operator-items.ts';

const head = 'office,name,firm,phone,email,languages,matters,capacity,hours';
const row = 'fresno,Ana Luna,,+1 559 555 0123,luna@example.org,es,immigration,3,';

/** Actions of the commands that keep rosters. */
const rosterActions = async (): Promise<ReadonlySet<string>> => {
  const dynamoDb = createMemoryTable(() => undefined);
  const files = { 'a.csv': `${head}\n${row}\n`, 'b.csv': `${head}\n${row.replace('0123', '0124')}\n` };
  const desk = await operator({ now, dynamoDb, files });
  await desk.representatives('import', 'a.csv');
  await desk.representatives('import', 'b.csv');
  await desk.representatives('pause', String(JSON.parse((await desk.representatives('list', '--json')).out)[0].id));
  await desk.representatives('confirm', '--office', 'fresno');
  const [{ id }] = JSON.parse((await desk.representatives('list', '--json')).out) as [{ id: string }];
  // With a case that they were asked about.
  const item = rosterOfferItem(
    {
      officeId: 'fresno',
      representativeId: id,
      familyId: family,
      alertId: first,
      open: true,
    },
    now,
  );
  await dynamoDb.call('PutItem', { Item: marshall(item), TableName: 'table' });
  await desk.representatives('remove', id);
  return desk.actions();
};

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
    const called = [...desk.actions(), ...(await rosterActions())].map((action) =>
      action.replace(/:Invoke$/, ':InvokeFunction'),
    );
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
