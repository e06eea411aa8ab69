// Callers with JWTs: what is accepted, what is refused, and where the keys of the issuer come from. A refused request makes no vendor
// call, and nothing of its token is in the answer or in the log.
import { createHmac } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportSPKI, importJWK, type JWTPayload } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { startTestGateway, type Answer, type TestGateway } from '../support/gateway.ts';
import {
  AUDIENCE,
  claimsAt,
  forge,
  ISSUER,
  makeKey,
  sign,
  signAs,
  START,
  startIssuer,
  type IssuerKey,
} from './issuer.ts';

const QUERY =
  '{ viewer { name scopes expiresAt } connections(first: 1, filter: { instance: ["looker"] }) { totalCount } }';
const VENDORS = ['looker', 'omni', 'credible', 'chartbrew'] as const;

let time = START;
beforeEach(() => void (time = START));

let rsa: IssuerKey;
let next: IssuerKey;
let folder: string;
beforeAll(async () => {
  [rsa, next] = await Promise.all([makeKey('rsa'), makeKey('next')]);
  folder = await mkdtemp(join(tmpdir(), 'patchbay-jwt-'));
});
afterAll(async () => rm(folder, { recursive: true }));

/** Starts a gateway for JWTs. It ends with the test. */
async function start(jwt: Record<string, unknown>): Promise<TestGateway> {
  const gateway = await startTestGateway({
    auth: { mode: 'jwt', jwt: { issuer: ISSUER, audience: AUDIENCE, ...jwt } },
    createGateway: { clock: () => time },
  });
  onTestFinished(() => gateway.close());
  return gateway;
}

/** Writes keys to a file, and returns its path. */
async function fileWith(...keys: readonly IssuerKey[]): Promise<string> {
  const path = join(folder, `${keys.map(({ kid }) => kid).join('-')}.json`);
  await writeFile(path, JSON.stringify({ keys: keys.map(({ jwk }) => jwk) }));
  return path;
}

const startWithFile = async (jwt: Record<string, unknown> = {}): Promise<TestGateway> =>
  start({ jwksFile: await fileWith(rsa), ...jwt });

const askWith = async (gateway: TestGateway, token: string): Promise<Answer> =>
  gateway.ask(QUERY, {}, { authorization: `Bearer ${token}` });

const vendorCalls = async (gateway: TestGateway): Promise<number> =>
  (await Promise.all(VENDORS.map((vendor) => gateway.received(vendor)))).flat().length;

/** Sends a query with a token that is accepted. Returns the viewer. */
async function acceptedBy(gateway: TestGateway, token: string): Promise<Answer['data']> {
  const { status, data, errors, text } = await askWith(gateway, token);
  expect(errors).toBeUndefined();
  expect(status).toBe(200);
  expect(data.connections.totalCount).toBe(15);
  for (const part of token.split('.')) expect([text, ...gateway.log].join('\n')).not.toContain(part);
  return data.viewer;
}

/** Returns the parts of a token, and what its claims say of the caller. */
const tracesOf = (token: string): string[] =>
  [...token.split('.'), 'reports-of-the-night'].filter(({ length }) => length >= 8);

/** Sends a query with a token that is refused. Returns the message. */
async function refusedBy(gateway: TestGateway, token: string): Promise<string | undefined> {
  await gateway.resetAll();
  const answer = await askWith(gateway, token);
  expect(answer.status).toBe(401);
  expect(answer.headers.get('www-authenticate')).toBe('Bearer realm="patchbay", error="invalid_token"');
  expect(answer.errors?.[0]?.extensions['code']).toBe('UNAUTHENTICATED');
  expect(answer.data).toBeUndefined();
  const said = [answer.text, JSON.stringify([...answer.headers]), ...gateway.log].join('\n');
  for (const trace of tracesOf(token)) expect(said).not.toContain(trace);
  expect(await vendorCalls(gateway)).toBe(0);
  return answer.errors?.[0]?.message;
}

const UNKNOWN_KEY = 'The key of the token is not known.';
const WRONG_SIGNATURE = 'The signature of the token is wrong.';
const WRONG_ALGORITHM = 'The algorithm of the token is not accepted.';
const EXPIRED = 'The token has expired.';
const wrongClaim = (claim: string) => `The claim ${claim} of the token is wrong or missing.`;

describe('a JWT that is accepted', () => {
  it.each(['RS256', 'PS384', 'ES256', 'ES512', 'EdDSA'])('a JWT signed with %s', async (algorithm) => {
    const key = await makeKey(`key-${algorithm}`, algorithm);
    const gateway = await start({ jwksFile: await fileWith(key), algorithms: [algorithm] });
    expect(await acceptedBy(gateway, await sign(key, claimsAt(START)))).toEqual({
      name: 'reports-of-the-night',
      scopes: ['connections:read'],
      expiresAt: '2026-05-01T10:10:00.000Z',
    });
  });

  it('a JWT whose audience is a list that holds ours', async () => {
    const gateway = await startWithFile();
    expect(await acceptedBy(gateway, await sign(rsa, { ...claimsAt(START), aud: ['other', AUDIENCE] }))).toBeTruthy();
  });

  it('a JWT without a kid, when the issuer has one key', async () => {
    expect(await acceptedBy(await startWithFile(), await sign(rsa, claimsAt(START), null))).toBeTruthy();
  });

  it.each(['JWT', 'jwt', 'application/jwt', 'at+jwt', 'AT+JWT', 'application/at+jwt'])(
    'a JWT whose typ is %s',
    async (typ) => {
      expect(await acceptedBy(await startWithFile(), await signAs(typ, rsa, claimsAt(START)))).toBeTruthy();
    },
  );

  it('a JWT that expires after all instants that a clock can show', async () => {
    const viewer = await acceptedBy(await startWithFile(), await sign(rsa, { ...claimsAt(START), exp: 1e300 }));
    expect(viewer.expiresAt).toBe('+275760-09-13T00:00:00.000Z');
  });
});

const claims = (changes: JWTPayload = {}) => ({ ...claimsAt(START), ...changes });
const spki = async () => exportSPKI((await importJWK(rsa.jwk, 'RS256')) as CryptoKey);
const hs256 = (key: string) => (signed: string) => createHmac('sha256', key).update(signed).digest('base64url');

describe('a JWT that is refused', () => {
  const REFUSALS: readonly (readonly [string, string, () => Promise<string>])[] = [
    ['expired', 'The token has expired.', async () => sign(rsa, claims({ exp: START / 1000 - 31 }))],
    ['not yet valid', wrongClaim('nbf'), async () => sign(rsa, claims({ nbf: START / 1000 + 31 }))],
    ['of another issuer', wrongClaim('iss'), async () => sign(rsa, claims({ iss: `${ISSUER}/` }))],
    ['without an issuer', wrongClaim('iss'), async () => sign(rsa, claims({ iss: undefined }))],
    ['for another audience', wrongClaim('aud'), async () => sign(rsa, claims({ aud: 'other' }))],
    [
      'for a list of other audiences',
      wrongClaim('aud'),
      async () => sign(rsa, claims({ aud: ['other', 'patchbay2'] })),
    ],
    ['without an audience', wrongClaim('aud'), async () => sign(rsa, claims({ aud: undefined }))],
    ['that never expires', wrongClaim('exp'), async () => sign(rsa, claims({ exp: undefined }))],
    [
      'whose expiry is a text',
      wrongClaim('exp'),
      async () => sign(rsa, { ...claims(), exp: `${START / 1000 + 600}` } as unknown as JWTPayload),
    ],
    ['with the algorithm none', WRONG_ALGORITHM, async () => forge({ alg: 'none' }, claims(), () => '')],
    [
      'with the algorithm none and a signature',
      WRONG_ALGORITHM,
      async () => forge({ alg: 'none', kid: 'rsa' }, claims(), hs256('x')),
    ],
    [
      'signed with HS256 and the public key as PEM',
      WRONG_ALGORITHM,
      async () => forge({ alg: 'HS256', kid: 'rsa' }, claims(), hs256(await spki())),
    ],
    [
      'signed with HS256 and the public key as JWK',
      WRONG_ALGORITHM,
      async () => forge({ alg: 'HS256', kid: 'rsa' }, claims(), hs256(JSON.stringify(rsa.jwk))),
    ],
    [
      'with an algorithm that is not listed',
      WRONG_ALGORITHM,
      async () => sign(await makeKey('rsa', 'PS256'), claims()),
    ],
    [
      'with a key of its own in the header',
      UNKNOWN_KEY,
      async () =>
        forge({ alg: 'RS256', kid: 'own', jwk: next.jwk, jku: 'http://127.0.0.1:1/keys' }, claims(), hs256('x')),
    ],
    ['with an unknown kid', UNKNOWN_KEY, async () => sign(next, claims())],
    ['signed with another key and the same kid', WRONG_SIGNATURE, async () => sign(next, claims(), 'rsa')],
    [
      'with changed claims',
      WRONG_SIGNATURE,
      async () => {
        const [header, , signature] = (await sign(rsa, claims())).split('.');
        const payload = Buffer.from(JSON.stringify(claims({ scope: 'secrets:rotate' }))).toString('base64url');
        return [header, payload, signature].join('.');
      },
    ],
    ...['dpop+jwt', 'logout+jwt', 'secevent+jwt', 'id_token', 'JOSE', 'jwt ', 'at+jwt+x', 'text/jwt', ''].map(
      (typ): [string, string, () => Promise<string>] => [
        `whose typ is "${typ}"`,
        'The token is a JWT of another type: its header may have the typ JWT or at+jwt.',
        async () => signAs(typ, rsa, claims()),
      ],
    ),
    ['without a name', 'The token has no sub.', async () => sign(rsa, claims({ sub: undefined }))],
    ['with an empty name', 'The token has no sub.', async () => sign(rsa, claims({ sub: '' }))],
    [
      'with a name that is too long',
      'The claim sub of the token has more than 255 characters.',
      async () => sign(rsa, claims({ sub: 'x'.repeat(256) })),
    ],
    ['that is no JWT', 'The token is not a valid JWT.', async () => 'reports-of-the-night-as-a-token'],
    [
      'of garbage in three parts',
      'The token is not a valid JWT.',
      async () => 'Z2FyYmFnZS0x.Z2FyYmFnZS0y.Z2FyYmFnZS0z',
    ],
  ];

  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startTestGateway({
      auth: { mode: 'jwt', jwt: { issuer: ISSUER, audience: AUDIENCE, jwksFile: await fileWith(rsa) } },
      createGateway: { clock: () => time },
    });
  });
  afterAll(() => gateway.close());

  it.each(REFUSALS)('a JWT %s', async (_what, message, make) =>
    expect(await refusedBy(gateway, await make())).toBe(message),
  );

  it('a JWT without a kid, when the issuer has two keys', async () => {
    const both = await start({ jwksFile: await fileWith(rsa, next) });
    const message = 'The token does not name its key, and the issuer has several.';
    expect(await refusedBy(both, await sign(rsa, claimsAt(START), null))).toBe(message);
  });
});

describe('the clock', () => {
  // At the edge itself a token has expired, and a token that is not yet valid becomes valid.
  it.each([
    [30, 29, 30],
    [0, -1, 0],
    [300, 299, 300],
  ])(
    'with a skew of %i s, a JWT is accepted %i s after its expiry, and refused %i s after it',
    async (skew, last, over) => {
      const gateway = await startWithFile({ clockSkewSeconds: skew });
      const token = await sign(rsa, { ...claimsAt(START), exp: START / 1000 });
      time = START + last * 1000 + 999;
      expect(await acceptedBy(gateway, token)).toBeTruthy();
      time = START + over * 1000;
      expect(await refusedBy(gateway, token)).toBe('The token has expired.');
    },
  );

  it.each([30, 0, 300])('with a skew of %i s, a JWT is accepted that many seconds before it is valid', async (skew) => {
    const gateway = await startWithFile({ clockSkewSeconds: skew });
    const token = await sign(rsa, { ...claimsAt(START), nbf: START / 1000 });
    time = START - skew * 1000 - 1;
    expect(await refusedBy(gateway, token)).toBe(wrongClaim('nbf'));
    time = START - skew * 1000;
    expect(await acceptedBy(gateway, token)).toBeTruthy();
  });
});

describe('the claims of the caller', () => {
  const MAP = { 'bi-admins': ['connections:read', 'connections:write@omni*'] };
  it.each([
    [
      'a text',
      { scope: 'openid connections:read  connections:test@looker profile' },
      {},
      ['connections:read', 'connections:test@looker'],
    ],
    ['a list', { scp: ['connections:read', 'offline_access', 7, null] }, { scopesClaim: 'scp' }, ['connections:read']],
    ['groups', { groups: ['bi-admins', 'staff'] }, { scopesClaim: 'groups', scopeMap: MAP }, MAP['bi-admins']],
    [
      'values that others define',
      { scope: 'connections:admin connections:read@Looker openid __proto__ constructor' },
      { scopeMap: MAP },
      [],
    ],
    ['an object', { scope: { 'connections:read': true } }, {}, []],
    ['no claim', { scope: undefined }, {}, []],
  ])('scopes come from %s', async (_what, own, settings, scopes) => {
    const gateway = await startWithFile(settings);
    const token = await sign(rsa, { ...claimsAt(START), ...own });
    const { data } = await gateway.ask(
      '{ viewer { scopes } vendors { instances { key } } }',
      {},
      { authorization: `Bearer ${token}` },
    );
    expect(data.viewer.scopes).toEqual(scopes);
    const visible = data.vendors.flatMap(({ instances }: { instances: object[] }) => instances).length;
    expect(visible).toBe(scopes.length > 0 ? 4 : 0);
  });

  it('the name comes from another claim', async () => {
    const gateway = await startWithFile({ nameClaim: 'azp' });
    const viewer = await acceptedBy(gateway, await sign(rsa, { ...claimsAt(START), azp: 'nightly' }));
    expect(viewer.name).toBe('nightly');
    expect(await refusedBy(gateway, await sign(rsa, claimsAt(START)))).toBe('The token has no azp.');
  });
});

async function startBoth() {
  const issuer = await startIssuer(rsa);
  onTestFinished(() => issuer.close());
  return { issuer, gateway: await start({ jwksUrl: issuer.url }) };
}
const good = async (key = rsa) => sign(key, claimsAt(time));

describe('a JWT that was accepted before', () => {
  it('is refused when it has expired, also with a clock that may differ', async () => {
    const gateway = await startWithFile({ clockSkewSeconds: 60 });
    const token = await good();
    for (const later of [0, 1000, 599_000, 59_999]) {
      time += later;
      expect(await acceptedBy(gateway, token)).toBeTruthy();
    }
    time += 2000;
    expect(await refusedBy(gateway, token)).toBe(EXPIRED);
  });

  it('another signature under the same claims is refused', async () => {
    const gateway = await startWithFile();
    const [header, body, signature = ''] = (await good()).split('.');
    expect(await acceptedBy(gateway, [header, body, signature].join('.'))).toBeTruthy();
    const other = (signature.startsWith('A') ? 'B' : 'A') + signature.slice(1);
    expect(await refusedBy(gateway, [header, body, other].join('.'))).toBe(WRONG_SIGNATURE);
  });

  it('is refused ten minutes after the issuer removed its key', async () => {
    const { issuer, gateway } = await startBoth();
    const token = await sign(rsa, { ...claimsAt(time), exp: time / 1000 + 3600 });
    expect(await acceptedBy(gateway, token)).toBeTruthy();
    issuer.publish(next);
    time += 600_000;
    expect(await acceptedBy(gateway, token)).toBeTruthy();
    time += 1;
    expect(await refusedBy(gateway, token)).toBe(UNKNOWN_KEY);
  });
});

describe('the keys of an issuer on the network', () => {
  it('the keys are read at the first use, once for all requests, and again after ten minutes', async () => {
    const { issuer, gateway } = await startBoth();
    expect(issuer.paths).toEqual([]);
    await Promise.all(
      [good(), good(), good()].map(async (token) => expect(await acceptedBy(gateway, await token)).toBeTruthy()),
    );
    time += 600_000;
    expect(await acceptedBy(gateway, await good())).toBeTruthy();
    expect(issuer.paths).toEqual(['/keys']);
    time += 1;
    expect(await acceptedBy(gateway, await good())).toBeTruthy();
    expect(issuer.paths).toEqual(['/keys', '/keys']);
  });

  it('an unknown kid makes the keys be read once, at most every 30 seconds', async () => {
    const { issuer, gateway } = await startBoth();
    expect(await acceptedBy(gateway, await good())).toBeTruthy();
    time += 29_999;
    expect(await refusedBy(gateway, await good(next))).toBe(UNKNOWN_KEY);
    expect(issuer.paths).toHaveLength(1);
    time += 1;
    for (let attempt = 0; attempt < 5; attempt += 1)
      expect(await refusedBy(gateway, await good(next))).toBe(UNKNOWN_KEY);
    expect(issuer.paths).toHaveLength(2);
  });

  it('rotated keys are accepted at once, by all requests that wait for them, and removed keys are refused', async () => {
    const { issuer, gateway } = await startBoth();
    const old = await good();
    expect(await acceptedBy(gateway, old)).toBeTruthy();
    issuer.publish(next);
    time += 30_000;
    const token = await good(next);
    await Promise.all(Array.from({ length: 10 }, async () => expect(await acceptedBy(gateway, token)).toBeTruthy()));
    expect(issuer.paths).toHaveLength(2);
    expect(await refusedBy(gateway, old)).toBe(UNKNOWN_KEY);
  });

  it('while the issuer is stopped, known keys are accepted, and an unknown kid is refused', async () => {
    const { issuer, gateway } = await startBoth();
    expect(await acceptedBy(gateway, await good())).toBeTruthy();
    await issuer.close();
    for (const later of [0, 30_000, 700_000, 7_000_000]) {
      time += later;
      expect(await acceptedBy(gateway, await good())).toBeTruthy();
      expect(await refusedBy(gateway, await good(next))).toBe(UNKNOWN_KEY);
    }
    expect(gateway.log.some((line) => line.includes('"msg":"keys of the issuer cannot be read"'))).toBe(true);
  });

  const UNREADABLE = 'The keys of the issuer cannot be read. Try again later.';

  it('an issuer that cannot be reached is asked at most once a second', async () => {
    const { issuer, gateway } = await startBoth();
    issuer.answer = (response) => void response.writeHead(503).end();
    for (let attempt = 0; attempt < 5; attempt += 1) expect(await refusedBy(gateway, await good())).toBe(UNREADABLE);
    expect(issuer.paths).toHaveLength(1);
    issuer.publish(rsa);
    time += 1001;
    expect(await acceptedBy(gateway, await good())).toBeTruthy();
  });

  it.each([
    ['an empty answer', ''],
    ['text', '<html>reports-of-the-night</html>'],
    ['a list', '[]'],
    ['null', 'null'],
    ['keys that are no list', '{"keys":{}}'],
    ['keys that are no objects', '{"keys":[1]}'],
  ])('an issuer that answers %s does not replace known keys', async (_what, body) => {
    const { issuer, gateway } = await startBoth();
    const known = await start({ jwksUrl: issuer.url });
    expect(await acceptedBy(known, await good())).toBeTruthy();
    issuer.answer = (response) => void response.end(body);
    expect(await refusedBy(gateway, await good())).toBe(UNREADABLE);
    time += 700_000;
    expect(await acceptedBy(known, await good())).toBeTruthy();
  });

  it('keys that cannot be used are refused, and are no internal error', async () => {
    const { issuer, gateway } = await startBoth();
    const broken = { kty: 'RSA', kid: 'rsa', alg: 'RS256', n: '!!', e: 'AQAB' };
    issuer.answer = (response) => void response.end(JSON.stringify({ keys: [broken] }));
    expect(await refusedBy(gateway, await good())).toBe('The token is not a valid JWT.');
  });

  it.each([301, 302, 307, 308])('a redirect with %i is not followed', async (status) => {
    const { issuer, gateway } = await startBoth();
    const other = await startIssuer(rsa);
    onTestFinished(() => other.close());
    issuer.answer = (response) => void response.writeHead(status, { location: other.url }).end();
    expect(await refusedBy(gateway, await good())).toBe(UNREADABLE);
    expect(other.paths).toEqual([]);
  });

  it('an answer of 100 MB is not read to its end', async () => {
    const { issuer, gateway } = await startBoth();
    const chunk = Buffer.alloc(1_000_000, ' ');
    let sent = 0;
    let isEnded = false;
    issuer.answer = (response) => {
      const send = () => {
        while (sent < 100 && !response.destroyed) {
          sent += 1;
          if (response.write(chunk)) continue;
          response.once('drain', send);
          return;
        }
        response.end(JSON.stringify({ keys: [rsa.jwk] }), () => void (isEnded = true));
      };
      send();
    };
    expect(await refusedBy(gateway, await good())).toBe(UNREADABLE);
    expect(sent).toBeLessThan(50);
    expect(isEnded).toBe(false);
  });
});

it('the file with the keys is read again for an unknown kid', async () => {
  const path = await fileWith(rsa, rsa);
  const gateway = await start({ jwksFile: path });
  await writeFile(path, JSON.stringify({ keys: [rsa.jwk] }));
  expect(await acceptedBy(gateway, await sign(rsa, claimsAt(time)))).toBeTruthy();
  await writeFile(path, JSON.stringify({ keys: [next.jwk] }));
  time += 30_000;
  expect(await acceptedBy(gateway, await sign(next, claimsAt(time)))).toBeTruthy();
  await rm(path);
  time += 700_000;
  expect(await acceptedBy(gateway, await sign(next, claimsAt(time)))).toBeTruthy();
});

it('when the file with keys is lost between the start and the first request, every JWT is refused', async () => {
  const jwksFile = join(folder, 'lost.json');
  await writeFile(jwksFile, JSON.stringify({ keys: [rsa.jwk] }));
  const gateway = await start({ jwksFile });
  await rm(jwksFile);
  const message = 'The keys of the issuer cannot be read. Try again later.';
  expect(await refusedBy(gateway, await sign(rsa, claimsAt(time)))).toBe(message);
});
