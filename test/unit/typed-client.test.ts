import openapiTS from 'openapi-typescript';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const client = `
import createClient from 'openapi-fetch';
import type { paths } from './api.d.ts';

const api = createClient<paths>({ baseUrl: 'https://alerts.example', headers: { authorization: 'Bearer token' } });
`;

const right = `${client}
/** Problems are ours, or the gateway's. */
const said = (problem: { code?: string; title: string } | { message: string | null }): string | null =>
  'message' in problem ? problem.message : (problem.code ?? problem.title);

export const press = async (alertId: string): Promise<string> => {
  const position = { latitude: 34.05, longitude: -118.24, accuracyMeters: 12 };
  const raised = await api.POST('/v1/alerts', { body: { alertId, position, pressedAt: new Date().toISOString() } });
  if (raised.error) throw new Error(said(raised.error) ?? 'refused');
  const path = { alertId: raised.data.alertId };
  const { data: positions } = await api.POST('/v1/alerts/{alertId}/positions', {
    params: { path },
    body: { positions: [position] },
  });
  const dropped: number = positions?.dropped.length ?? 0;
  const { data: status, error } = await api.GET('/v1/alerts/{alertId}', { params: { path } });
  if (error) throw new Error(said(error) ?? 'refused');
  const told: readonly string[] = status.destinations.map(({ kind, status: reached }) => kind + ' ' + reached);
  const phone: string | undefined = status.consulate?.emergencyPhone;
  return [status.state, ...told, phone ?? '', String(dropped)].join();
};
`;

const wrong = `${client}
export const wrong = async () => {
  await api.POST('/v1/alerts', { body: { drill: true } });
  await api.GET('/v1/alert/{alertId}', { params: { path: { alertId: '1' } } });
  const { data } = await api.GET('/v1/alerts/{alertId}', { params: { path: { alertId: '1' } } });
  return data?.state === 'lost' || data?.nobody;
};
`;

// Inside the repository, so that a program finds its packages as a client's would.
const cache = 'node_modules/.cache';
let directory: string;
let said: string;

/** What the compiler says of both programs, in the strictest mode. */
beforeAll(async () => {
  mkdirSync(cache, { recursive: true });
  directory = mkdtempSync(join(cache, 'typed-client-'));
  writeFileSync(join(directory, 'api.d.ts'), await openapiTS(JSON.parse(readFileSync('docs/openapi.json', 'utf8'))));
  const files = Object.entries({ right, wrong }).map(([name, program]) => {
    const file = join(directory, `${name}.ts`);
    writeFileSync(file, program);
    return file;
  });
  const strict = ['--noEmit', '--strict', '--noUncheckedIndexedAccess', '--exactOptionalPropertyTypes'];
  const modules = ['--module', 'nodenext', '--target', 'es2024', '--lib', 'es2024,dom', '--skipLibCheck', 'false'];
  const options = ['--ignoreConfig', ...strict, ...modules];
  said = spawnSync('node_modules/.bin/tsc', [...options, ...files], { encoding: 'utf8' }).stdout;
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const problems = (isOurs: (file: string) => boolean): string[] =>
  Array.from(said.matchAll(/^(.*)\(\d+,\d+\): error (TS\d+: .*)/gm), ([, file = '', problem = '']) => ({
    file,
    problem,
  }))
    .filter(({ file }) => isOurs(file))
    .map(({ problem }) => problem);
const isWrong = (file: string): boolean => file.endsWith('/wrong.ts');

describe('a client whose types are generated from the document of the API', () => {
  it('presses, sends positions and reads the status', () => {
    expect(problems((file) => !isWrong(file))).toEqual([]);
  });

  it('is told by the compiler of what the API does not take or say', () => {
    expect(problems(isWrong)).toEqual([
      expect.stringContaining("'alertId'"),
      expect.stringContaining('/v1/alert/{alertId}'),
      expect.stringMatching(/no overlap/),
      expect.stringContaining("'nobody'"),
    ]);
  });
});
