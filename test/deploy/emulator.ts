import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { AwsError } from '../../infra/local-aws/aws-service.ts';
import { resolveLoopbackNames } from '../../infra/local-aws/functions/worker-surroundings.ts';
import type { LocalLocation } from '../../infra/local-aws/location/location.ts';
import type { ClientConfig } from '../support/queue-listener.ts';
import { killGroup, mustRun } from './command.ts';
import { startLocationServer } from './shim/location-server.ts';

export type Emulator = {
  readonly config: ClientConfig;
  /** With which the CDK CLI, and only it, is pointed at the emulator. */
  readonly cdkEnv: Readonly<Record<string, string>>;
  /** The geofences behind it. */
  readonly location: LocalLocation;
  /** Makes a deploy fail where it seeds the offices, or no more. */
  readonly refuseLocation: (refusing: boolean) => void;
  readonly log: () => Promise<string>;
  /** Ends it with every function that it runs; resolves to false if something would not end. */
  readonly stop: () => Promise<boolean>;
};

const region = 'us-east-1';
const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
const shim = join(import.meta.dirname, 'shim');

const freePort = async (): Promise<number> => {
  const server = createServer();
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => void server.close(resolve));
  return port;
};

/** Every host that is called below `localhost`. S3 puts the bucket in front, Location `geofencing.`. */
const hosts = ['localhost', 's3.localhost', '*.s3.localhost', '*.execute-api.localhost', 'geofencing.localhost'];

/** A certificate for loopback, made for this run: the policies of our topics and of CDK's bucket deny plain HTTP. */
const makeCertificate = async (directory: string, env: Readonly<Record<string, string>>) => {
  const [cert, key] = [join(directory, 'cert.pem'), join(directory, 'key.pem')];
  const names = hosts.map((host) => `DNS:${host}`).join(',');
  const request = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=rehearsal'];
  const extensions = ['-addext', 'basicConstraints=critical,CA:FALSE', '-addext', `subjectAltName=${names}`];
  const files = ['-out', cert, '-keyout', key];
  await mustRun('openssl', [...request, ...extensions, ...files], { env, cwd: directory, timeoutSeconds: 30 });
  return { cert, key };
};

/** This process, too, trusts the certificate and finds `*.localhost`. */
const trust = async (certFile: string): Promise<void> => {
  setDefaultCACertificates([...getCACertificates('default'), await readFile(certFile, 'utf8')]);
  resolveLoopbackNames();
};

/**
 * Starts ministack on a free loopback port, with IAM and TLS, and our geofences beside it. `directory` takes its
 * files; `env` is what its functions inherit, as they inherit nothing on AWS.
 */
export const startEmulator = async (
  python: string,
  directory: string,
  env: Readonly<Record<string, string>>,
): Promise<Emulator> => {
  const { cert, key } = await makeCertificate(directory, env);
  let isRefusing = false;
  const {
    url: locationUrl,
    location,
    close: closeLocation,
  } = await startLocationServer(() => {
    if (isRefusing) throw new AwsError('ValidationException', 'refused by the rehearsal');
  });
  const port = await freePort();
  const endpoint = `https://localhost:${port}`;
  const common = {
    ...env,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ENDPOINT_URL: endpoint,
    AWS_EC2_METADATA_DISABLED: 'true',
    NODE_EXTRA_CA_CERTS: cert,
    NODE_OPTIONS: `--import=${import.meta.resolve('./shim/resolve-loopback.ts')}`,
  };
  const logFile = join(directory, 'ministack.log');
  const log = createWriteStream(logFile);
  const child = spawn(python, [join(shim, 'ministack_with_location.py')], {
    cwd: directory,
    env: {
      ...common,
      AUTH: 'true',
      BIND_HOST: '127.0.0.1',
      GATEWAY_PORT: String(port),
      USE_SSL: '1',
      MINISTACK_SSL_CERT: cert,
      MINISTACK_SSL_KEY: key,
      LOCATION_URL: locationUrl,
      PYTHONDONTWRITEBYTECODE: '1',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A process group of its own: its functions end with it.
    detached: true,
  });
  for (const stream of [child.stdout, child.stderr]) stream.pipe(log, { end: false });
  const ended = once(child, 'close').catch(() => []);

  const stop = async (): Promise<boolean> => {
    closeLocation();
    killGroup(child.pid, 'SIGTERM');
    if (await Promise.race([ended.then(() => true), delay(5_000, false, { ref: false })])) log.end();
    killGroup(child.pid, 'SIGKILL');
    const deadline = performance.now() + 5_000;
    while (killGroup(child.pid, 0) && performance.now() < deadline) await delay(50);
    return !killGroup(child.pid, 0);
  };
  const emulator: Emulator = {
    config: { endpoint, region, credentials },
    cdkEnv: { ...common, AWS_ENDPOINT_URL_S3: `https://s3.localhost:${port}`, AWS_CA_BUNDLE: cert },
    location,
    refuseLocation: (refusing) => {
      isRefusing = refusing;
    },
    log: async () => readFile(logFile, 'utf8'),
    stop,
  };
  try {
    await trust(cert);
    await untilReady(`${endpoint}/_ministack/health`);
  } catch (error) {
    const said = await emulator.log();
    await stop();
    throw new Error(`ministack did not start:\n${said.slice(-2_000)}`, { cause: error });
  }
  return emulator;
};

const untilReady = async (url: string): Promise<void> => {
  const deadline = performance.now() + 30_000;
  for (;;) {
    try {
      if ((await fetch(url, { signal: AbortSignal.timeout(1_000) })).ok) return;
    } catch (error) {
      if (performance.now() > deadline) throw error;
    }
    await delay(100);
  }
};
