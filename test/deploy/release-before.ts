import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Json } from '../support/local-stack.ts';

const kept = join(import.meta.dirname, 'release-before');

/** Answers CloudFormation as the functions behind custom resources do, and does nothing else. */
const stub = `const ids = { 'Custom::ConsulateGeofences': 'office-geofences', 'Custom::ReservedConcurrency': 'reserved-concurrency' };
export const handler = async ({ ResponseURL, StackId, RequestId, LogicalResourceId, ResourceType }) => {
  if (!ResponseURL) return {};
  const PhysicalResourceId = ids[ResourceType] ?? 'stub';
  const Data = { Summary: 'nothing is kept' };
  const body = JSON.stringify({ Status: 'SUCCESS', StackId, RequestId, LogicalResourceId, PhysicalResourceId, Data });
  await fetch(ResponseURL, { method: 'PUT', body });
};
`;

const subscriber = (resources: Json): string | undefined =>
  Object.keys(resources).find((id) => id.startsWith('SubscribeOfficeFunction'));

/** Only that function may subscribe to an office, and who is subscribed before is to hear afterwards: it gets today's code. */
const lendCode = async (template: Json, assets: Json, synthesised: string): Promise<void> => {
  const id = subscriber(template.Resources);
  if (id === undefined) return;
  const today: Json = JSON.parse(await readFile(join(synthesised, 'AlertButton.template.json'), 'utf8'));
  const key: string = today.Resources[subscriber(today.Resources) ?? ''].Properties.Code.S3Key;
  const lent = structuredClone(Object.values<Json>(assets.files).find(({ source }) => source.packaging === 'zip'));
  lent.source.path = join(synthesised, `asset.${key.replace('.zip', '')}`);
  for (const to of Object.values<Json>(lent.destinations)) to.objectKey = `lent-${key}`;
  assets.files.lent = lent;
  template.Resources[id].Properties.Code.S3Key = `lent-${key}`;
};

/**
 * Writes the cloud assembly of the release before, its functions without code.
 * @param synthesised today's, which lends the code by which offices are subscribed to
 * @returns the template
 */
export const writeReleaseBefore = async (directory: string, synthesised?: string): Promise<Json> => {
  const packed = await readFile(join(kept, 'stack.json.gz'));
  const { manifest, assets, template: text }: Json = JSON.parse(gunzipSync(packed).toString('utf8'));
  const template: Json = JSON.parse(text);
  if (synthesised !== undefined) await lendCode(template, assets, synthesised);
  await mkdir(join(directory, 'asset.stub'), { recursive: true });
  const { templateFile } = manifest.artifacts.AlertButton.properties;
  await Promise.all([
    writeFile(join(directory, 'asset.stub/index.mjs'), stub),
    writeFile(join(directory, 'manifest.json'), JSON.stringify(manifest)),
    writeFile(join(directory, 'AlertButton.assets.json'), JSON.stringify(assets)),
    writeFile(join(directory, templateFile), JSON.stringify(template)),
  ]);
  return template;
};

/** What the release before wrote. */
export type DataBefore = {
  readonly familyId: string;
  readonly deviceToken: string;
  /** An open case, which an office has taken. */
  readonly alertId: string;
  /** Where its officers' link leads. */
  readonly officersPath: string;
  readonly items: readonly Record<string, unknown>[];
};

const isSet = (value: unknown): value is { set: string[] } =>
  typeof value === 'object' && value !== null && Object.keys(value).join() === 'set';

/** Times, and numbers that are times, moved as far as the clock has gone on since. */
const moved = (text: string, byMs: number): string =>
  text
    .replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g, (time) => new Date(Date.parse(time) + byMs).toISOString())
    .replaceAll(/(?<=": )1[0-9]{12}(?=[,\n])/g, (ms) => String(Number(ms) + byMs))
    .replaceAll(/(?<=": )1[0-9]{9}(?=[,\n])/g, (s) => String(Number(s) + Math.round(byMs / 1000)));

/** The data as if they had been written so long ago. @param account in which they are now */
export const readDataBefore = async (hoursAgo: number, account: string): Promise<DataBefore> => {
  const text = (await readFile(join(kept, 'data.json'), 'utf8')).replaceAll(/(?<=arn:aws:\w+:[\w-]+:)\d{12}/g, account);
  const { at } = JSON.parse(text) as { at: string };
  const byMs = Date.now() - hoursAgo * 3_600_000 - Date.parse(at);
  return JSON.parse(moved(text, byMs), (_, value: unknown) =>
    isSet(value) ? new Set(value.set) : value,
  ) as DataBefore;
};
