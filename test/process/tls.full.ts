// The process serves HTTPS with the files of the configuration, and reads them again when they change.
import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { get } from 'node:https';
import { connect } from 'node:tls';
import { expect, it } from 'vitest';
import { KEY, OTHER_HOST, VALID } from '../faults/table/certificates.ts';
import { failed, stop, useProcesses, waitFor } from './run.ts';

const { start, file } = useProcesses();

/** Returns the certificate that a port shows. */
const certificateAt = async (port: number): Promise<string> =>
  new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', rejectUnauthorized: false }, () => {
      resolve(new X509Certificate(socket.getPeerCertificate().raw).fingerprint256);
      socket.destroy();
    });
    socket.on('error', reject);
  });
/** Returns the header that makes browsers use HTTPS only. */
async function strictTransportAt(port: number): Promise<string | undefined> {
  const request = get({ port, host: '127.0.0.1', path: '/health', agent: false, rejectUnauthorized: false });
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  response.resume();
  return response.headers['strict-transport-security'];
}

const fingerprintOf = (pem: string): string => new X509Certificate(pem).fingerprint256;

const configWith = async (tls: object): Promise<string> =>
  file(
    'tls.json',
    JSON.stringify({
      server: { tls },
      instances: [{ key: 'omni', vendor: 'omni', baseUrl: 'http://127.0.0.1:9/api', apiKey: 'key-of-omni' }],
    }),
  );

it('a changed certificate is used, and files that cannot be used are not', { timeout: 60_000 }, async () => {
  const certFile = await file('cert.pem', VALID);
  const keyFile = await file('key.pem', KEY);
  const run = start(['--config', await configWith({ certFile, keyFile })]);
  const [, port = ''] = await waitFor(run, /^Patchbay is ready at https:\/\/127\.0\.0\.1:(\d+)\/graphql/m);
  expect(await certificateAt(Number(port))).toBe(fingerprintOf(VALID));
  expect(await strictTransportAt(Number(port))).toBe('max-age=31536000');
  await file('cert.pem', OTHER_HOST);
  await expect.poll(() => certificateAt(Number(port)), { timeout: 20_000 }).toBe(fingerprintOf(OTHER_HOST));
  await file('cert.pem', 'no certificate');
  await waitFor(run, /the changed files of server\.tls cannot be used/);
  expect(await certificateAt(Number(port))).toBe(fingerprintOf(OTHER_HOST));
  expect(await stop(run)).toBe(0);
});

it('the time for which browsers use HTTPS only is a setting', { timeout: 60_000 }, async () => {
  const certFile = await file('cert.pem', VALID);
  const keyFile = await file('key.pem', KEY);
  const run = start(['--config', await configWith({ certFile, keyFile, hstsSeconds: 0 })]);
  const [, port = ''] = await waitFor(run, /^Patchbay is ready at https:\/\/127\.0\.0\.1:(\d+)\/graphql/m);
  expect(await strictTransportAt(Number(port))).toBe('max-age=0');
  expect(await stop(run)).toBe(0);
});

it('files that are no certificate and key are one line of advice', async () => {
  const certFile = await file('bad.pem', 'no certificate');
  const run = start(['--config', await configWith({ certFile, keyFile: certFile })]);
  expect(await failed(run)).toBe(
    'The configuration cannot be used:\n  server.tls: certFile and keyFile must be PEM files of a certificate and its private key\n',
  );
});
