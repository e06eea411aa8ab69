// Values that Chartbrew puts into a URL without encoding: none may end its part of the URL and begin another. A stored password
// would otherwise be sent to another server.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestGateway, type TestGateway } from '../../support/gateway.ts';
import { createThenUpdate, createAndRecord, type Values } from './writes.ts';
import { runMutation } from '../../support/mutations.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway.close());

const mongodb = { host: 'mongo.acme.example', database: 'shop', username: 'bi', password: 'pw-secret-1' };
const server = { host: 'db.acme.example', database: 'orders', username: 'bi', password: 'pw-secret-1' };
const option = (name: string, value: string) => ({ name, value });

describe('The parts of the URL of a new MongoDB connection', () => {
  it.each([
    'd?proxyHost=127.0.0.1&proxyPort=54888',
    'd#',
    'd/e',
    'd;e',
    'd@evil.acme.example',
    'd:x@evil.acme.example',
    'd%3FproxyHost',
    'd e',
    'd.e',
    'd"e',
    '$external',
    'd\\e',
  ])('a MongoDB database name that would end its part of the URL is refused: %s', async (database) => {
    expect((await createAndRecord(gateway, { config: { mongodb: { ...mongodb, database } } })).issues).toEqual([
      'config.mongodb.database INVALID',
    ]);
  });

  it.each([
    'a.acme.example:27017,b.acme.example:27017',
    'a.acme.example,b.acme.example',
    'a.acme.example:27017',
    'a.acme.example\\b',
    'a.acme.example;b',
    '%2Ftmp%2Fmongodb.sock',
    '[::1]:27017',
    '[::1',
    "a'b",
  ])('a MongoDB host that is not a single host is refused: %s', async (host) => {
    expect((await createAndRecord(gateway, { config: { mongodb: { ...mongodb, host } } })).issues).toEqual([
      'config.mongodb.host INVALID',
    ]);
  });

  it('the issue for several MongoDB hosts says how to provide them', async () => {
    const config = { mongodb: { ...mongodb, host: 'a.acme.example,b.acme.example' } };
    const { issues } = await runMutation(gateway, 'testConnectionConfig', { instance: 'chartbrew', config });
    expect(issues[0].message).toContain('`connectionString`');
    expect(issues[0].message).toContain('`srv`');
    expect(issues[0].message).not.toContain('b.acme.example');
  });

  it.each(['a&b', 'a=b', 'a b', '', 'a#', 'a%62', '1a', 'a.b', 'proxyHost=127.0.0.1&x'])(
    'a MongoDB option with this name is refused: "%s"',
    async (name) => {
      const options = [option('replicaSet', 'rs-secret-1'), option(name, 'rs-secret-2')];
      const code = name === '' ? 'TOO_SHORT' : 'INVALID';
      expect((await createAndRecord(gateway, { config: { mongodb: { ...mongodb, options } } })).issues).toEqual([
        `config.mongodb.options.1.name ${code}`,
      ]);
    },
  );

  it('the same MongoDB option twice is refused, in any case', async () => {
    const options = [option('authSource', 'rs-secret-1'), option('tls', 'true'), option('AUTHSOURCE', 'rs-secret-2')];
    expect((await createAndRecord(gateway, { config: { mongodb: { ...mongodb, options } } })).issues).toEqual([
      'config.mongodb.options.2.name EXCLUSIVE',
    ]);
  });

  it.each([
    ['rs0&proxyHost=127.0.0.1', 'rs0%26proxyHost%3D127.0.0.1'],
    ['$external', '%24external'],
    ['a b+c', 'a%20b%2Bc'],
    ['x#y?z/w;v', 'x%23y%3Fz%2Fw%3Bv'],
    ['50%', '50%25'],
    ['dc:ny,rack:1', 'dc%3Any%2Crack%3A1'],
    ['line\nbreak', 'line%0Abreak'],
  ])('the value of a MongoDB option is encoded so that it stays one value: %j', async (value, sent) => {
    const options = [option('appName', value)];
    const { issues, bodies } = await createAndRecord(gateway, { config: { mongodb: { ...mongodb, options } } });
    expect(issues).toEqual([]);
    expect(bodies[0]?.['options']).toEqual([{ appName: sent }]);
  });

  it.each(['%24external', 'rs0%26proxyHost%3D127.0.0.1', '\ud800'])(
    'a MongoDB option with an ambiguous value is refused: %j',
    async (value) => {
      const options = [option('authSource', value)];
      expect((await createAndRecord(gateway, { config: { mongodb: { ...mongodb, options } } })).issues).toEqual([
        'config.mongodb.options.0.value INVALID',
      ]);
    },
  );
});

describe('An update of a MongoDB connection', () => {
  const first = { config: { mongodb } };
  const proxy = [
    option('proxyHost', '127.0.0.1'),
    option('proxyPort', '54888'),
    option('authMechanism', 'PLAIN'),
    option('authSource', '$external'),
  ];

  it.each<[string, Values, readonly string[]]>([
    ['options that lead to a proxy', { options: proxy }, ['config.mongodb.password SECRET_NEEDED']],
    ['the name of the database', { database: 'shop2' }, ['config.mongodb.password SECRET_NEEDED']],
    [
      'a database that carries options',
      { database: 'd?proxyHost=127.0.0.1&proxyPort=54888&authMechanism=PLAIN&authSource=%24external' },
      ['config.mongodb.database INVALID', 'config.mongodb.password SECRET_NEEDED'],
    ],
    [
      'an option whose name carries another',
      { options: [option('a&proxyHost', '127.0.0.1')], password: { replace: 'pw-secret-2' } },
      ['config.mongodb.options.0.name INVALID'],
    ],
    [
      'several servers',
      { host: 'mongo.acme.example,evil.acme.example', password: { replace: 'pw-secret-2' } },
      ['config.mongodb.host INVALID'],
    ],
  ])('an update of a MongoDB connection is refused before any write: %s', async (_what, change, issues) => {
    expect(await createThenUpdate(gateway, first, { config: { mongodb: change } })).toEqual({
      issues,
      warnings: [],
      bodies: [],
    });
  });

  it('an update that removes the options that protected the password requires the password', async () => {
    const withTls = { config: { mongodb: { ...mongodb, options: [option('tls', 'true')] } } };
    for (const options of [null, [], [option('replicaSet', 'rs-secret-1')]]) {
      expect((await createThenUpdate(gateway, withTls, { config: { mongodb: { options } } })).issues).toEqual([
        'config.mongodb.password SECRET_NEEDED',
      ]);
    }
  });
});

describe('A host at Chartbrew', () => {
  it.each(['postgres', 'mysql', 'clickhouse'])('only a single host is accepted for %s', async (dialect) => {
    for (const host of ['db.acme.example:5432', 'a.acme.example,b.acme.example', 'a;b', 'a\\b', 'a%23b']) {
      expect((await createAndRecord(gateway, { config: { [dialect]: { ...server, host } } })).issues).toEqual([
        `config.${dialect}.host INVALID`,
      ]);
    }
  });

  it.each(['db.acme.example', 'plausible_events_db', 'db-1', '10.0.0.7', 'müller.example', 'db.acme.example.'])(
    'a host may be a name or an IP address: %s',
    async (host) => {
      const { bodies } = await createAndRecord(gateway, { config: { clickhouse: { ...server, host } } });
      expect(bodies[0]).toMatchObject({ host });
    },
  );

  // A URL needs an IPv6 address in brackets, and a driver needs it without.
  it.each([
    ['postgres', '2001:db8::15'],
    ['mysql', '2001:db8::15'],
    ['clickhouse', '[2001:db8::15]'],
    ['mongodb', '[2001:db8::15]'],
  ])('an IPv6 address is sent in the form that %s needs: %s', async (dialect, sent) => {
    for (const host of ['2001:db8::15', '[2001:db8::15]']) {
      expect((await createAndRecord(gateway, { config: { [dialect]: { ...server, host } } })).bodies[0]).toMatchObject({
        host: sent,
      });
    }
  });

  it('another spelling of the same IPv6 address is not a change', async () => {
    const first = { config: { mongodb: { ...mongodb, host: '2001:db8::15' } } };
    const change = { config: { mongodb: { host: '[2001:DB8:0::15]' } } };
    expect(await createThenUpdate(gateway, first, change)).toEqual({ issues: [], warnings: [], bodies: [] });
  });
});

describe('The base URL of an API at Chartbrew', () => {
  const key = '{"type":"service_account","private_key":"key-secret-1"}';

  it.each([
    'https://api.acme.example;x.evil.example/v1',
    'https://api.acme.example\\x.evil.example',
    'https://api.acme.example%23.evil.example/',
    "https://api.acme'example/",
    'https://api.acme.example:80:90/',
    'https://api.acme.example:port/',
    // A ; begins path parameters, which may contain a session or a password.
    'https://api.acme.example/a;b=c/',
  ])('an ambiguous base URL is refused: %s', async (address) => {
    const api = { config: { api: { baseUrl: address } } };
    expect((await createAndRecord(gateway, api)).issues).toEqual(['config.api.baseUrl INVALID']);
    const database = { config: { realtimeDb: { databaseUrl: address, serviceAccountKey: key } } };
    expect((await createAndRecord(gateway, database)).issues).toEqual(['config.realtimeDb.databaseUrl INVALID']);
  });

  it.each(['http://10.0.0.7:8080/reports', 'https://[2001:db8::15]:8443/v1', 'https://api.acme.example/a,b=c/'])(
    'a base URL with a single host is accepted: %s',
    async (baseUrl) => {
      const { bodies } = await createAndRecord(gateway, { config: { api: { baseUrl } } });
      expect(bodies[0]).toMatchObject({ host: baseUrl });
    },
  );
});
