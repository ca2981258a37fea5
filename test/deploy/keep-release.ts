/**
 * `npm run release:keep`, at a release: keeps the stack as it stands, what its code wrote of a family, an open case and an
 * office, and its vocabulary, as what the next release is rehearsed on (docs/rehearsal.md). No code of functions is kept.
 */
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import * as vocabulary from '../../shared/domain/vocabulary.ts';
import { itemsOf, startStack, type Json } from '../support/local-stack.ts';
import { mustRun } from './command.ts';

const repository = join(import.meta.dirname, '../..');
const kept = join(import.meta.dirname, 'release-before');

/** The code of every function: another than any release has, so that an update brings each its own. */
const stubHash = createHash('sha256').update('stub').digest('hex');
const renamed = (hash: string): string => createHash('sha256').update(`kept ${hash}`).digest('hex');

const readJson = async (file: string): Promise<Json> => JSON.parse(await readFile(file, 'utf8'));

/** The cloud assembly of the stack, its functions without code. */
const keepStack = async (directory: string): Promise<void> => {
  const env = Object.fromEntries(Object.entries(process.env).map(([name, value]) => [name, value ?? '']));
  const synth = ['synth', '--quiet', '--no-notices', '--output', directory];
  await mustRun(join(repository, 'node_modules/.bin/cdk'), synth, { env, cwd: repository, timeoutSeconds: 300 });
  const manifest = await readJson(join(directory, 'manifest.json'));
  const { AlertButton, 'AlertButton.assets': assetsArtifact } = manifest.artifacts;
  const assets = await readJson(join(directory, 'AlertButton.assets.json'));
  let template = await readFile(join(directory, AlertButton.properties.templateFile), 'utf8');
  const files: Json = {};
  for (const [hash, asset] of Object.entries<Json>(assets.files)) {
    const isCode = asset.source.packaging === 'zip';
    if (!isCode && asset.source.path !== AlertButton.properties.templateFile) {
      throw new Error(`${asset.source.path} is neither code nor the template: keep it as well`);
    }
    const name = isCode ? stubHash : renamed(hash);
    if (isCode) template = template.replaceAll(hash, name);
    if (isCode) asset.source.path = 'asset.stub';
    for (const to of Object.values<Json>(asset.destinations)) to.objectKey = to.objectKey.replace(hash, name);
    const { properties } = AlertButton;
    properties.stackTemplateAssetObjectUrl = properties.stackTemplateAssetObjectUrl.replace(hash, name);
    files[name] = asset;
  }
  // Otherwise an update with the same offices would not have them seeded, which the functions without code did not do.
  template = template.replace(/("DataHash": ")[0-9a-f]+/, '$1of-before');
  const strip = ({ type, environment, properties, dependencies }: Json): Json => ({
    type,
    environment,
    properties,
    dependencies,
  });
  const whole = {
    manifest: {
      version: manifest.version,
      artifacts: { AlertButton: strip(AlertButton), 'AlertButton.assets': strip(assetsArtifact) },
    },
    assets: { ...assets, files },
    template,
  };
  await writeFile(join(kept, 'stack.json.gz'), gzipSync(JSON.stringify(whole), { level: 9 }));
};

/** What expires before anybody could need it, or is found by a key of this machine. */
const passing = /^(?:MAILS|CELL|INCIDENT|NUMBERS|ENDPOINT|REGISTRATION)#/;

/** A registered family with an open case that an office has taken, as the code wrote it. */
const keepData = async (): Promise<void> => {
  const stack = await startStack();
  try {
    const registered = await stack.send('POST', '/v1/families', {
      person: { name: 'Ana Ruiz', language: 'es' },
      contacts: [{ name: 'José', channel: 'sms', endpoint: '+12135550101' }],
      pin: '482915',
      consent: { consularNotification: true, version: '2026-01' },
    });
    const { familyId, deviceToken } = registered.json;
    await stack.idle();
    const position = { latitude: 43.615, longitude: -116.2023 };
    const { alertId } = await stack.press({ authorization: `Bearer ${deviceToken}` }, { position });
    await stack.idle();
    const mail = stack.inbox({ topic: 'alert-button-consulate-boise', protocol: 'email' }).at(-1)?.body ?? '';
    const officersPath = /http:\/\/[^/]+(\/c\/\S+)/.exec(mail)?.[1];
    if (registered.status !== 201 || officersPath === undefined) throw new Error('nobody could be told');
    const taken = await stack.send('POST', `${officersPath}/acknowledge`, { officer: 'Oficial Pérez' });
    if (taken.status !== 200) throw new Error(taken.text);
    await stack.idle();
    const items = (await itemsOf(stack.stack)).filter(({ pk }) => !passing.test(pk));
    const data = { at: new Date().toISOString(), familyId, deviceToken, alertId, officersPath, items };
    const text = JSON.stringify(data, (_, value) => (value instanceof Set ? { set: [...value] } : value), 1);
    await writeFile(join(kept, 'data.json'), `${text}\n`);
  } finally {
    await stack.close();
  }
};

/** The words that stand in tables, and in programs of others, from now on. */
const keepWords = async (): Promise<void> => {
  const sets = Object.fromEntries(Object.entries(vocabulary).filter(([, words]) => Array.isArray(words)));
  await writeFile(join(kept, 'words.json'), `${JSON.stringify(sets, null, 1)}\n`);
};

const directory = await mkdtemp(join(tmpdir(), 'alert-button-release-'));
try {
  await keepStack(directory);
  await keepData();
  await keepWords();
} finally {
  await rm(directory, { recursive: true, force: true });
}
// Connections of the local stack would hold the process.
process.exit();
