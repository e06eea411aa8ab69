// Connections to a vendor over TLS and through a proxy: which certificates are trusted, and what the proxy sees.
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { REFUSING_ORIGIN, startTestGateway, type TestGateway } from '../support/gateway.ts';

// A self-signed certificate for 127.0.0.1 only, valid from 2020 to 2120. It is used nowhere else.
const CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBnjCCAUSgAwIBAgIBATAKBggqhkjOPQQDAjA1MTMwMQYDVQQDDCpUaHJvdy1h
d2F5IGNlcnRpZmljYXRlIG9mIFBhdGNoYmF5J3MgdGVzdHMwIBcNMjAwMTAxMDAw
MDAwWhgPMjEyMDAxMDEwMDAwMDBaMDUxMzAxBgNVBAMMKlRocm93LWF3YXkgY2Vy
dGlmaWNhdGUgb2YgUGF0Y2hiYXkncyB0ZXN0czBZMBMGByqGSM49AgEGCCqGSM49
AwEHA0IABGgjNtk6mDOHWx2vYL8aSFChwGNlNNaYzHW0Of2/0hFurUMn0jdHyWqY
E641wJZDo+zVjC3Sa+6pzqhObTbnXeejQzBBMA8GA1UdEQQIMAaHBH8AAAEwDwYD
VR0TAQH/BAUwAwEB/zAdBgNVHQ4EFgQUp28Gvmdfn/TCUZb8m9UJjelxC0gwCgYI
KoZIzj0EAwIDSAAwRQIga1l9h/lQfoHnC3WtCEaDP/TMkYyThwsK6GrVOwN2N7oC
IQCPUbWgAzMfT9agz0GIRyqX55ByThCVJQBr82SwSLtl4A==
-----END CERTIFICATE-----
`;
const KEY = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgD9P68VcvFAgtUUZX
ShJsDOzB2N2K3lNuhUoXaaWhHSehRANCAARoIzbZOpgzh1sdr2C/GkhQocBjZTTW
mMx1tDn9v9IRbq1DJ9I3R8lqmBOuNcCWQ6Ps1Ywt0mvuqc6oTm02513n
-----END PRIVATE KEY-----
`;

const QUERY = `query($instance: ID!) { connections(filter: {instance: [$instance]}) {
  totalCount
  sources { error { __typename ... on Error { message } ... on VendorUnavailableError { unavailable retryable } } }
} }`;
const CREATE = `mutation($i: CreateConnectionInput!) { createConnection(input: $i) {
  __typename ... on VendorUnavailableError { unavailable } } }`;

const portOf = (server: Server) => (server.address() as AddressInfo).port;

describe('connections over TLS and through a proxy', () => {
  const requests: IncomingMessage[] = [];
  const tunnels: IncomingMessage[] = [];
  let refusal: string | null = null;
  let folder: string;
  let servers: Server[];
  let test: TestGateway;

  const listener: RequestListener = (request, response) => {
    requests.push(request);
    response.setHeader('content-type', 'application/json').end('[]');
  };
  const tunnel = (request: IncomingMessage, client: Socket) => {
    tunnels.push(request);
    if (refusal !== null) return client.end(refusal);
    const [host, port] = (request.url ?? '').split(':');
    const upstream = connect(Number(port), host, () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      client.pipe(upstream).pipe(client);
    });
    upstream.on('error', () => client.destroy());
    return client.on('error', () => upstream.destroy());
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'patchbay-tls-'));
    const caFile = join(folder, 'ca.pem');
    await writeFile(caFile, CERTIFICATE);

    const secure = createTlsServer({ cert: CERTIFICATE, key: KEY }, listener);
    const plain = createServer(listener);
    const proxyServer = createServer().on('connect', tunnel);
    servers = [secure, plain, proxyServer];
    for (const server of servers) await once(server.listen(0, '127.0.0.1'), 'listening');

    const tls = `https://127.0.0.1:${portOf(secure)}`;
    const http = `http://127.0.0.1:${portOf(plain)}`;
    const proxy = `http://127.0.0.1:${portOf(proxyServer)}`;
    const addresses = {
      trusted: { baseUrl: tls, caFile },
      untrusted: { baseUrl: tls },
      'other-name': { baseUrl: `https://localhost:${portOf(secure)}`, caFile },
      'tls-to-plain': { baseUrl: `https://127.0.0.1:${portOf(plain)}` },
      'plain-to-tls': { baseUrl: `http://127.0.0.1:${portOf(secure)}` },
      'proxied-tls': { baseUrl: tls, caFile, proxy },
      'proxied-plain': { baseUrl: http, proxy },
      'proxied-untrusted': { baseUrl: tls, proxy },
      // Another instance, because a tunnel of another test may still be open.
      'proxy-refuses': { baseUrl: http, proxy },
      'proxy-gone': { baseUrl: http, proxy: REFUSING_ORIGIN },
    };
    test = await startTestGateway({
      instances: (sandbox) =>
        Object.entries(addresses).map(([key, address]) => ({
          ...sandbox.find(({ vendor }) => vendor === 'credible'),
          key,
          label: 'Ours',
          ...address,
          baseUrl: `${address.baseUrl}/api/v0`,
        })),
    });
  });
  beforeEach(() => {
    requests.length = 0;
    tunnels.length = 0;
    refusal = null;
  });
  afterAll(async () => {
    await test.close();
    for (const server of servers) {
      server.closeAllConnections();
      server.close();
    }
    await rm(folder, { recursive: true });
  });

  const list = async (instance: string) => (await test.ask(QUERY, { instance })).data.connections;
  const create = async (instance: string) => {
    const config = { postgres: { host: 'db.example', password: 'p' } };
    return (await test.ask(CREATE, { i: { instance, name: 'orders', config } })).data.createConnection;
  };

  it('a vendor whose certificate is signed by an authority in caFile is trusted', async () => {
    expect(await list('trusted')).toEqual({ totalCount: 0, sources: [{ error: null }] });
    expect(requests).toHaveLength(1);
  });

  it.each(['untrusted', 'other-name', 'tls-to-plain', 'proxied-untrusted'])(
    'a vendor without a trusted certificate (%s) receives no request',
    async (instance) => {
      expect(await list(instance)).toEqual({
        totalCount: null,
        sources: [
          {
            error: {
              __typename: 'VendorUnavailableError',
              message: 'Ours did not present a certificate that can be trusted.',
              unavailable: 'TLS',
              retryable: false,
            },
          },
        ],
      });
      // Nothing was sent: the outcome of the write is known.
      expect(await create(instance)).toEqual({ __typename: 'VendorUnavailableError', unavailable: 'TLS' });
      expect(requests).toEqual([]);
    },
  );

  it('a vendor that speaks TLS at an http URL cannot be reached', async () => {
    expect((await list('plain-to-tls')).sources[0].error).toMatchObject({ unavailable: 'CONNECT' });
  });

  it.each(['proxied-tls', 'proxied-plain'])(
    'a vendor is reached through a proxy, which sees no credentials (%s)',
    async (instance) => {
      expect(await list(instance)).toEqual({ totalCount: 0, sources: [{ error: null }] });
      expect(requests.map(({ headers }) => headers.authorization)).toEqual(['Bearer sandbox-credible-token']);
      expect(tunnels.map(({ url }) => url)).toEqual([requests[0]?.headers.host]);
      expect(tunnels[0]?.headers).not.toHaveProperty('authorization');
    },
  );

  it.each([403, 407, 502])(
    'a vendor behind a proxy that refuses with %i cannot be reached and receives no request',
    async (status) => {
      refusal = `HTTP/1.1 ${status} No\r\ncontent-length: 0\r\n\r\n`;
      expect((await list('proxy-refuses')).sources[0].error).toMatchObject({ unavailable: 'CONNECT' });
      expect(await create('proxy-refuses')).toEqual({ __typename: 'VendorUnavailableError', unavailable: 'CONNECT' });
      expect(requests).toEqual([]);
    },
  );

  it('a vendor behind a proxy that is gone cannot be reached', async () => {
    expect((await list('proxy-gone')).sources[0].error).toMatchObject({
      message: 'Ours could not be reached.',
      unavailable: 'CONNECT',
    });
  });
});
