// The section `auth` of the configuration: what is accepted, and each mistake with its path and without a value.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { CANARY, omni, parse, problemsOf } from './instances.ts';

const HASH = `sha256:${'A'.repeat(43)}`;
const TOKEN = { name: 'ci', hash: HASH, scopes: ['connections:read'] };
const JWT = { issuer: 'https://issuer.example', audience: 'patchbay', jwksUrl: 'https://issuer.example/keys' };

const authOf = (auth: unknown) => parse({ auth, instances: [omni] }).auth;
const problemsIn = async (auth: unknown) => problemsOf(() => authOf(auth));

const SCOPE =
  'must be a scope, such as connections:read or connections:write@omni-*; the actions are connections:read, connections:write, connections:test, connections:delete, secrets:rotate, audit:read, metrics:read, federation:entities';
const ALGORITHMS = 'must be one of RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384, ES512, EdDSA';
const KEYS = 'auth.jwt: needs either jwksUrl or jwksFile';
const HTTPS = 'auth.jwt.jwksUrl: must use https, unless allowInsecureHttp is true';

describe('what is accepted', () => {
  it('without the section, callers are not authenticated', () => {
    expect(parse({ instances: [omni] }).auth).toEqual({ mode: 'none', insecure: false });
  });

  it('a token needs a name, a hash and scopes', () => {
    expect(authOf({ mode: 'tokens', tokens: [TOKEN] })).toEqual({ mode: 'tokens', tokens: [TOKEN] });
  });

  it('a JWT needs an issuer, an audience and keys', () => {
    expect(authOf({ mode: 'jwt', jwt: JWT })).toEqual({
      mode: 'jwt',
      jwt: {
        ...JWT,
        algorithms: ['RS256'],
        allowInsecureHttp: false,
        clockSkewSeconds: 30,
        scopesClaim: 'scope',
        scopeMap: {},
        nameClaim: 'sub',
      },
    });
  });

  it.each([
    'http://127.0.0.1:9/keys',
    'http://[::1]/keys',
    'http://localhost/keys',
    'HTTPS://issuer.example/keys?version=2',
  ])('the keys may be at %s', (jwksUrl) => {
    expect(authOf({ mode: 'jwt', jwt: { ...JWT, jwksUrl } })).toMatchObject({ jwt: { jwksUrl } });
  });

  it('a setting allows http to another machine', () => {
    const jwt = { ...JWT, jwksUrl: 'http://issuer.example/keys', allowInsecureHttp: true };
    expect(authOf({ mode: 'jwt', jwt })).toMatchObject({ mode: 'jwt' });
  });

  it.each(['connections:read', 'connections:write@omni-*', 'secrets:rotate@*', 'federation:entities'])(
    '%s is a scope',
    (scope) => {
      expect(authOf({ mode: 'tokens', tokens: [{ ...TOKEN, scopes: [scope] }] })).toMatchObject({ mode: 'tokens' });
    },
  );
});

describe('a mistake in the section auth', () => {
  it.each<[string, unknown, ...string[]]>([
    ['that is no mapping', CANARY, 'auth: must be a mapping'],
    ['in the mode', { mode: CANARY }, 'auth.mode: must be one of none, tokens, jwt'],
    ['in a key', { mod: CANARY }, 'auth.mod: unknown key'],
    [
      'tokens are missing',
      { mode: 'tokens' },
      'auth.tokens: must hold at least one token; the command `token create` makes one',
    ],
    [
      'there is no token',
      { mode: 'tokens', tokens: [] },
      'auth.tokens: must hold at least one token; the command `token create` makes one',
    ],
    [
      'parts of other modes',
      { mode: 'none', tokens: [TOKEN], jwt: JWT },
      'auth.tokens: has no effect with mode none',
      'auth.jwt: has no effect with mode none',
    ],
    [
      'insecure with tokens',
      { mode: 'tokens', tokens: [TOKEN], insecure: true },
      'auth.insecure: has no effect with mode tokens',
    ],
    [
      'each part of a token',
      { mode: 'tokens', tokens: [{ name: `${CANARY} `, hash: CANARY, scopes: [], expiresAt: CANARY, token: CANARY }] },
      'auth.tokens[0].name: must be letters, digits, ., _ and -, at most 64',
      'auth.tokens[0].hash: must be the hash that the command `token create` printed',
      'auth.tokens[0].scopes: must hold at least one scope',
      'auth.tokens[0].expiresAt: must be an instant such as 2027-01-31T00:00:00Z',
      'auth.tokens[0].token: unknown key',
    ],
    [
      'a token twice',
      { mode: 'tokens', tokens: [TOKEN, { ...TOKEN, name: 'other' }] },
      'auth.tokens[1].hash: is that of another entry; make a token for each',
    ],
    [
      'a day that does not exist',
      { mode: 'tokens', tokens: [{ ...TOKEN, expiresAt: '2027-02-30T00:00:00Z' }] },
      'auth.tokens[0].expiresAt: must be an instant such as 2027-01-31T00:00:00Z',
    ],
    ...[
      'connections:admin',
      'connections:read@',
      'connections:read@Omni',
      'connections:read@omni?',
      'connections:read@[a-z]',
      'connections:read@omni@looker',
      'federation:entities@omni',
      ' connections:read',
      '*',
      '',
    ].map((scope): [string, unknown, string] => [
      `the scope "${scope}"`,
      { mode: 'tokens', tokens: [{ ...TOKEN, scopes: ['connections:read', scope] }] },
      `auth.tokens[0].scopes[1]: ${SCOPE}`,
    ]),
    ['jwt is missing', { mode: 'jwt' }, 'auth.jwt: is missing'],
    ['no keys', { mode: 'jwt', jwt: { ...JWT, jwksUrl: undefined } }, KEYS],
    ['two places of keys', { mode: 'jwt', jwt: { ...JWT, jwksFile: CANARY } }, KEYS],
    ['http to another machine', { mode: 'jwt', jwt: { ...JWT, jwksUrl: `http://${CANARY}.example/keys` } }, HTTPS],
    ['http to a name like localhost', { mode: 'jwt', jwt: { ...JWT, jwksUrl: 'http://localhost.example/' } }, HTTPS],
    [
      'a password in the URL',
      { mode: 'jwt', jwt: { ...JWT, jwksUrl: `https://user:${CANARY}@issuer.example/keys` } },
      'auth.jwt.jwksUrl: must not hold a user or a password',
    ],
    [
      'another protocol',
      { mode: 'jwt', jwt: { ...JWT, jwksUrl: `file:///${CANARY}` } },
      'auth.jwt.jwksUrl: must be a URL',
    ],
    [
      'HS256',
      { mode: 'jwt', jwt: { ...JWT, algorithms: ['RS256', 'HS256'] } },
      `auth.jwt.algorithms[1]: ${ALGORITHMS}`,
    ],
    ['none', { mode: 'jwt', jwt: { ...JWT, algorithms: ['none'] } }, `auth.jwt.algorithms[0]: ${ALGORITHMS}`],
    [
      'no algorithm',
      { mode: 'jwt', jwt: { ...JWT, algorithms: [] } },
      'auth.jwt.algorithms: must hold at least one algorithm',
    ],
    [
      'no issuer and an empty audience',
      { mode: 'jwt', jwt: { ...JWT, issuer: undefined, audience: '' } },
      'auth.jwt.issuer: is missing; it must be a string',
      'auth.jwt.audience: must not be empty',
    ],
    [
      'a clock that differs too much',
      { mode: 'jwt', jwt: { ...JWT, clockSkewSeconds: 301 } },
      'auth.jwt.clockSkewSeconds: must be 300 or less',
    ],
    [
      'an unknown scope in the map',
      { mode: 'jwt', jwt: { ...JWT, scopeMap: { admins: [CANARY] } } },
      `auth.jwt.scopeMap.admins[0]: ${SCOPE}`,
    ],
  ])('%s', async (_what, auth, ...problems) => {
    expect(await problemsIn(auth)).toEqual(problems);
  });
});

describe('references', () => {
  const withReferences = { ...TOKEN, hash: '${HASH}', scopes: ['connections:read', '${SCOPE}'] };
  const environment = { HASH, SCOPE: 'connections:test', AUD: 'patchbay', ORIGIN: 'https://app.example.com' };

  it('references are resolved wherever a text is, also in lists', () => {
    const config = parse(
      {
        server: { cors: { origins: ['https://a.example', '${ORIGIN}'] } },
        auth: { mode: 'tokens', tokens: [TOKEN, { ...withReferences, hash: `sha256:${'B'.repeat(42)}\${LAST}` }] },
        instances: [omni],
      },
      { ...environment, LAST: 'E' },
    );
    expect(config.server.corsOrigins).toEqual(['https://a.example', 'https://app.example.com']);
    expect(config.auth).toMatchObject({
      tokens: [TOKEN, { hash: `sha256:${'B'.repeat(42)}E`, scopes: ['connections:read', 'connections:test'] }],
    });
    expect(config.variables.toSorted()).toEqual(['LAST', 'ORIGIN', 'SCOPE']);
    const jwt = { ...JWT, audience: '${AUD}', scopeMap: { admins: ['${SCOPE}'] } };
    expect(parse({ auth: { mode: 'jwt', jwt }, instances: [omni] }, environment).auth).toMatchObject({
      jwt: { audience: 'patchbay', scopeMap: { admins: ['connections:test'] } },
    });
  });

  it('each reference that cannot be resolved is reported once, with its path', async () => {
    const jwt = { ...JWT, audience: '${AUD}', scopeMap: { admins: ['connections:read', '${SCOPE}'] } };
    expect(await problemsIn({ mode: 'jwt', jwt })).toEqual([
      'auth.jwt.audience: needs the environment variable AUD, which is not set',
      'auth.jwt.scopeMap.admins[1]: needs the environment variable SCOPE, which is not set',
    ]);
    expect(await problemsIn({ mode: 'tokens', tokens: [TOKEN, withReferences] })).toEqual([
      'auth.tokens[1].hash: needs the environment variable HASH, which is not set',
      'auth.tokens[1].scopes[1]: needs the environment variable SCOPE, which is not set',
    ]);
  });
});

describe('the file of keys', () => {
  const folder = mkdtempSync(join(tmpdir(), 'patchbay-keys-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const problemsOfFile = async (text: string | null) => {
    const jwksFile = join(folder, 'keys.json');
    if (text !== null) writeFileSync(jwksFile, text);
    const jwt = { ...JWT, jwksUrl: undefined, jwksFile: text === null ? join(folder, CANARY) : jwksFile };
    return problemsIn({ mode: 'jwt', jwt });
  };
  const NO_SET = 'auth.jwt.jwksFile: must name a JSON file with the keys of the issuer: {"keys": […]}';
  const NO_KEY = 'auth.jwt.jwksFile: names a file that holds no public key of an issuer';

  it.each([
    ['is missing', null, 'auth.jwt.jwksFile: names a file that cannot be read'],
    ['is not JSON', `{${CANARY}`, NO_SET],
    ['is a list', `["${CANARY}"]`, NO_SET],
    ['has keys that are no mappings', `{"keys":["${CANARY}"]}`, NO_SET],
    ['is empty', '{"keys":[]}', NO_KEY],
    ['holds a symmetric key only', `{"keys":[{"kty":"oct","k":"${CANARY}"}]}`, NO_KEY],
    ['holds half a key', `{"keys":[{"kty":"RSA","n":"${CANARY}"}]}`, NO_KEY],
  ])('a file that %s is reported at the start', async (_what, text, problem) => {
    expect(await problemsOfFile(text)).toEqual([problem]);
  });
});

const at = (host: string, auth: unknown) => parse({ server: { host }, auth, instances: [omni] });

describe('an address that other machines can reach', () => {
  const OPEN =
    'server.host: other machines can reach this address, and `auth.mode` is none. Set `auth.mode` to tokens or jwt, or `auth.insecure: true` behind a proxy that authenticates callers';
  it.each(['0.0.0.0', '::', '10.0.0.7', '128.0.0.1', 'gateway.example', '127.0.0.1.example'])(
    '%s is refused without authentication',
    async (host) => {
      expect(await problemsOf(() => at(host, undefined))).toEqual([OPEN]);
      expect(await problemsOf(() => at(host, { mode: 'none' }))).toEqual([OPEN]);
      expect(at(host, { insecure: true }).server.host).toBe(host);
      expect(at(host, { mode: 'tokens', tokens: [TOKEN] }).server.host).toBe(host);
    },
  );

  it('the environment variable HOST is refused in the same way', async () => {
    expect(await problemsOf(() => parse({ instances: [omni] }, { HOST: '0.0.0.0' }))).toEqual([OPEN]);
  });

  it.each(['127.0.0.1', '127.8.8.8', 'localhost', '::1'])('%s is accepted without authentication', (host) => {
    expect(at(host, undefined).server.host).toBe(host);
  });
});
