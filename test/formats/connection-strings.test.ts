// Connection strings are parsed once and sent to each vendor in the spelling that it reads. An ambiguous string is refused,
// so that no password is sent to a host that the caller did not mean.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createForUpdate, runMutation, recordSent } from '../support/mutations.ts';
import { create, issuesOf } from '../support/create-connection.ts';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';
import { createMany } from '../fan-out/create-connections.ts';

type Values = Readonly<Record<string, unknown>>;

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterEach(() => gateway.resetAll());
afterAll(() => gateway.close());

const given = async (instance: string, dialect: string, connectionString: string) => {
  const config = { [dialect]: { connectionString } };
  const { result, text } = await create(gateway, { instance, name: 'one', config });
  const [body] = (await gateway.posted(instance as 'credible')) as (Values | undefined)[];
  const block = body?.['postgresConnection'] as Values | undefined;
  return { result, text, sent: body && (block ?? body)['connectionString'] };
};

/** The provided string, the percent-encoded string for Credible, and the string for Chartbrew, which encodes the password itself. */
const READ: readonly (readonly [string, string, string, string])[] = [
  [
    'a plain password',
    'postgresql://bi:pw-secret-1@db.acme.example:5432/orders',
    'postgresql://bi:pw-secret-1@db.acme.example:5432/orders',
    'postgresql://bi:pw-secret-1@db.acme.example:5432/orders',
  ],
  [
    'a password that is percent-encoded',
    'postgresql://bi:p%40ss%2Fsecret-1@db.acme.example:5432/orders',
    'postgresql://bi:p%40ss%2Fsecret-1@db.acme.example:5432/orders',
    'postgresql://bi:p@ss/secret-1@db.acme.example:5432/orders',
  ],
  [
    'the same password as it is',
    'postgresql://bi:p@ss/secret-1@db.acme.example:5432/orders',
    'postgresql://bi:p%40ss%2Fsecret-1@db.acme.example:5432/orders',
    'postgresql://bi:p@ss/secret-1@db.acme.example:5432/orders',
  ],
  [
    'every sign that means something in a URL, as it is',
    'postgres://bi:a:b/c?d#e[f]@g%h secret-1@db.acme.example:5432/orders',
    'postgres://bi:a%3Ab%2Fc%3Fd%23e%5Bf%5D%40g%25h%20secret-1@db.acme.example:5432/orders',
    'postgres://bi:a:b/c?d#e[f]@g%h secret-1@db.acme.example:5432/orders',
  ],
  [
    'a percent sign of its own, encoded',
    'postgres://bi:100%25-secret-1@db.acme.example/orders',
    'postgres://bi:100%25-secret-1@db.acme.example/orders',
    'postgres://bi:100%-secret-1@db.acme.example/orders',
  ],
  [
    'letters outside ASCII',
    'postgres://bi:g%C3%BC-ñ-secret-1@db.acme.example/orders',
    'postgres://bi:g%C3%BC-%C3%B1-secret-1@db.acme.example/orders',
    'postgres://bi:gü-ñ-secret-1@db.acme.example/orders',
  ],
  [
    'a user with an @ (Azure)',
    'postgres://bi@myserver:pw-secret-1@myserver.postgres.database.azure.example:5432/postgres?sslmode=require',
    'postgres://bi%40myserver:pw-secret-1@myserver.postgres.database.azure.example:5432/postgres?sslmode=require',
    'postgres://bi%40myserver:pw-secret-1@myserver.postgres.database.azure.example:5432/postgres?sslmode=require',
  ],
  [
    'a user with an @, encoded, and a colon',
    'postgres://a%3Ab%40c:pw-secret-1@db.acme.example/orders',
    'postgres://a%3Ab%40c:pw-secret-1@db.acme.example/orders',
    'postgres://a%3Ab%40c:pw-secret-1@db.acme.example/orders',
  ],
  [
    'an @ among the options, encoded',
    'postgres://bi:pw-secret-1@db.acme.example/orders?application_name=a%40b',
    'postgres://bi:pw-secret-1@db.acme.example/orders?application_name=a%40b',
    'postgres://bi:pw-secret-1@db.acme.example/orders?application_name=a%40b',
  ],
  [
    'an @ among the options that can end no user',
    'postgres://bi:pw-secret-1@db.acme.example/orders?application_name=a@b!c',
    'postgres://bi:pw-secret-1@db.acme.example/orders?application_name=a%40b!c',
    'postgres://bi:pw-secret-1@db.acme.example/orders?application_name=a%40b!c',
  ],
  [
    'a scheme in capitals',
    'POSTGRESQL://bi:pw-secret-1@DB.acme.example/orders',
    'postgresql://bi:pw-secret-1@DB.acme.example/orders',
    'postgresql://bi:pw-secret-1@DB.acme.example/orders',
  ],
  [
    'an IPv6 address',
    'postgresql://bi:pw-secret-1@[2001:db8::15]:5432/orders',
    'postgresql://bi:pw-secret-1@[2001:db8::15]:5432/orders',
    'postgresql://bi:pw-secret-1@[2001:db8::15]:5432/orders',
  ],
  [
    'a host with an underscore',
    'postgresql://bi:pw-secret-1@plausible_events_db:5432/orders',
    'postgresql://bi:pw-secret-1@plausible_events_db:5432/orders',
    'postgresql://bi:pw-secret-1@plausible_events_db:5432/orders',
  ],
  [
    'blanks and quotes around it',
    ' "postgresql://bi:pw-secret-1@db.acme.example/orders"\n',
    'postgresql://bi:pw-secret-1@db.acme.example/orders',
    'postgresql://bi:pw-secret-1@db.acme.example/orders',
  ],
];

describe('A connection string to PostgreSQL', () => {
  it.each(READ)(
    'a PostgreSQL connection string is sent to each vendor in its own spelling: %s',
    async (_what, text, credible, chartbrew) => {
      const sent = await given('credible', 'postgres', text);
      expect(sent.result).toMatchObject({ __typename: 'CreateConnectionSuccess', warnings: [] });
      expect(sent.sent).toBe(credible);
      const other = await given('chartbrew', 'postgres', text);
      expect(other.result).toMatchObject({ __typename: 'CreateConnectionSuccess', warnings: [] });
      expect(other.sent).toBe(chartbrew);
    },
  );

  it('one request sends a PostgreSQL connection string to two vendors, to each in its own spelling', async () => {
    const config = { postgres: { connectionString: 'postgresql://bi:p%40ss-secret-1@db.acme.example/orders' } };
    const targets = [{ instance: 'credible' }, { instance: 'chartbrew' }];
    expect(await createMany(gateway, { name: 'one', targets, config })).toMatchObject({
      fanOut: { status: 'COMPLETE' },
    });
    expect(await gateway.posted('credible')).toMatchObject([
      { postgresConnection: { connectionString: 'postgresql://bi:p%40ss-secret-1@db.acme.example/orders' } },
    ]);
    expect(await gateway.posted('chartbrew')).toMatchObject([
      { connectionString: 'postgresql://bi:p@ss-secret-1@db.acme.example/orders' },
    ]);
  });

  it('an update, a test of settings and an attachment of a DuckDB send a connection string in the same spelling', async () => {
    const connectionString = 'postgresql://bi@acme:p@ss-secret-1@db.acme.example/orders';
    const config = { postgres: { connectionString: 'postgresql://bi:pw-secret-1@db.acme.example/orders' } };
    const { id } = await createForUpdate(gateway, { instance: 'chartbrew', name: 'one', config });
    const change = {
      postgres: { connectionString: { replace: 'postgresql://bi:p%40ss-secret-1@db.acme.example/orders' } },
    };
    const { sent } = await recordSent(gateway, 'chartbrew', () =>
      runMutation(gateway, 'updateConnection', { id, config: change }),
    );
    expect(sent[0]?.[1]).toEqual({ connectionString: 'postgresql://bi:p@ss-secret-1@db.acme.example/orders' });
    const tested = await recordSent(gateway, 'credible', () =>
      runMutation(gateway, 'testConnectionConfig', {
        instance: 'credible',
        config: { postgres: { connectionString } },
      }),
    );
    expect(tested.sent[0]?.[1]).toMatchObject({
      postgresConnection: { connectionString: 'postgresql://bi%40acme:p%40ss-secret-1@db.acme.example/orders' },
    });
    const attached = [{ name: 'a', source: { postgres: { connectionString } } }];
    await create(gateway, { instance: 'credible', name: 'duck', config: { duckdb: { attached } } });
    expect(await gateway.posted('credible')).toContainEqual(
      expect.objectContaining({
        duckdbConnection: {
          attachedDatabases: [
            {
              name: 'a',
              type: 'postgres',
              postgresConnection: {
                connectionString: 'postgresql://bi%40acme:p%40ss-secret-1@db.acme.example/orders',
              },
            },
          ],
        },
      }),
    );
  });

  const FORM = 'scheme://user:password@host:port/database';
  const TWO_WAYS =
    'It can be read in two ways: write @ as %40, / as %2F, ? as %3F and # as %23 in user, password, database and options.';

  it.each([
    ['a JDBC URL', 'jdbc:postgresql://db.acme.example:5432/orders?user=bi', `This is a JDBC URL; write it as ${FORM}.`],
    [
      'a list of keywords and values',
      'host=db.acme.example user=bi password=pw-secret-1 dbname=orders',
      `This is a list of keywords and values; write it as a URL: ${FORM}.`,
    ],
    [
      'a list of ADO keywords',
      'Server=db.acme.example;User Id=bi;Password=pw-secret-1',
      `This is a list of keywords and values; write it as a URL: ${FORM}.`,
    ],
    ['a host', 'db.acme.example:5432', `Must be a URL: ${FORM}.`],
    [
      'a URL of another dialect',
      'mysql://bi:pw-secret-1@db.acme.example/orders',
      'Its scheme is not one of this dialect: postgresql://, postgres://.',
    ],
    [
      'a URL with a driver in its scheme',
      'postgresql+psycopg2://bi:pw-secret-1@db.acme.example/x',
      'Its scheme is not one of this dialect: postgresql://, postgres://.',
    ],
    ['without a host', 'postgresql://bi:pw-secret-1@/orders', `It names no host; write it as ${FORM}.`],
    ['with an @ after the host', 'postgresql://bi:pw-secret-1@db.acme.example/orders?options=a@evil.example', TWO_WAYS],
    ['with an @ in the database', 'postgresql://bi:pw-secret-1@db.acme.example/or@ders', TWO_WAYS],
    ['with a / and an @ in the password, and no database', 'postgresql://bi:p@ss/secret-1@db.acme.example', TWO_WAYS],
    ['with a password of digits and a ?', 'postgresql://bi:12?ss@db.acme.example/orders', TWO_WAYS],
    [
      'with an invalid port',
      'postgresql://bi:pw-secret-1@db.acme.example:pg/orders',
      'Its port must be a number from 1 to 65535.',
    ],
    [
      'with a port too high',
      'postgresql://bi:pw-secret-1@db.acme.example:70000/orders',
      'Its port must be a number from 1 to 65535.',
    ],
    [
      'with a bare IPv6 address',
      'postgresql://bi:pw-secret-1@2001:db8::15/orders',
      'Write an IPv6 address in it in brackets: [2001:db8::1].',
    ],
    [
      'with several hosts',
      'postgresql://bi:pw-secret-1@a.acme.example,b.acme.example/orders',
      'It names several hosts; this dialect accepts only one.',
    ],
    [
      'with driver parameters in the host',
      'postgresql://bi:pw-secret-1@db.acme.example;x=y/orders',
      'Its host is invalid: it may contain only letters, digits, dots, hyphens and underscores.',
    ],
    [
      'with an escape in the host',
      'postgresql://bi:pw-secret-1@db%2Eacme.example/orders',
      'Its host is invalid: it may contain only letters, digits, dots, hyphens and underscores.',
    ],
    [
      'with an invisible character in the host',
      'postgresql://bi:pw-secret-1@db.acme.example\u200b/orders',
      'It contains an invisible character outside its password.',
    ],
    [
      'with an invisible character in the user',
      'postgresql://bi\u200b:pw-secret-1@db.acme.example/orders',
      'It contains an invisible character outside its password.',
    ],
    [
      'with an invisible character in the options',
      'postgresql://bi:pw-secret-1@db.acme.example/orders?ssl\u2060mode=require',
      'It contains an invisible character outside its password.',
    ],
    [
      'with parameters in the database',
      'postgresql://bi:pw-secret-1@db.acme.example/orders;user=sa',
      'Its database must be only a name: / ? & # ; = \\ and quotes would end it in a URL or a driver string.',
    ],
    [
      'with an encoded ? in the database',
      'postgresql://bi:pw-secret-1@db.acme.example/orders%3Fhost=evil.example',
      'Its database must be only a name: / ? & # ; = \\ and quotes would end it in a URL or a driver string.',
    ],
    [
      'with a # after the host',
      'postgresql://bi:pw-secret-1@db.acme.example/orders#x',
      'A # ends a URL; write it as %23.',
    ],
    [
      'with an escape of no valid character',
      'postgresql://bi:p%ff-secret-1@db.acme.example/orders',
      'It contains an invalid percent-escape; write a literal % as %25.',
    ],
  ])('a PostgreSQL connection string is refused with the exact reason: %s', async (_what, text, message) => {
    for (const instance of ['credible', 'chartbrew']) {
      const { result, text: answer, sent } = await given(instance, 'postgres', text);
      expect(result.issues).toMatchObject([
        { path: ['input', 'config', 'postgres', 'connectionString'], code: 'INVALID', message, source: 'GATEWAY' },
      ]);
      expect(answer).not.toMatch(/secret-1|acme\.example|evil/);
      expect(sent).toBeUndefined();
    }
  });

  it.each([
    ['a user', 'postgresql://db.acme.example/orders'],
    ['a password', 'postgresql://bi@db.acme.example/orders'],
    ['a password after the colon', 'postgresql://bi:@db.acme.example/orders'],
    ['a user before the password', 'postgresql://:pw-secret-1@db.acme.example/orders'],
    ['a host outside of the options', 'postgresql://bi:pw-secret-1@/orders?host=db.acme.example'],
  ])(
    'a PostgreSQL connection string without %s is accepted by Credible and refused by Chartbrew, which cannot read it',
    async (_what, text) => {
      const { sent } = await given('credible', 'postgres', text);
      expect(sent).toBe(text.replace('bi:@', 'bi@'));
      const { result } = await given('chartbrew', 'postgres', text);
      expect(result.issues).toMatchObject([
        {
          path: ['input', 'config', 'postgres', 'connectionString'],
          code: 'INVALID',
          message:
            'Chartbrew accepts only a connection string with a user, a password and a host: scheme://user:password@host/database. Without a password, use the separate fields.',
        },
      ]);
    },
  );

  it('a wrong connection string is reported together with all other issues, at Chartbrew too', async () => {
    const config = { postgres: { connectionString: 'postgresql://bi@db.acme.example/orders', schema: 'sales' } };
    const { result } = await create(gateway, { instance: 'chartbrew', name: 'one', config });
    expect(issuesOf(result)).toEqual([
      'input.config.postgres.connectionString INVALID',
      'input.config.postgres.schema NOT_ALLOWED',
    ]);
  });
});

describe('A connection string of another dialect', () => {
  it.each([
    [
      'mysql',
      'mysql://bi:p%40ss-secret-1@db.acme.example:3306/orders',
      'mysql://bi:p@ss-secret-1@db.acme.example:3306/orders',
    ],
    [
      'mongodb',
      'mongodb://bi:p%2Fss-secret-1@a.acme.example:27017,b.acme.example:27018/shop?replicaSet=rs0&authSource=admin',
      'mongodb://bi:p/ss-secret-1@a.acme.example:27017,b.acme.example:27018/shop?replicaSet=rs0&authSource=admin',
    ],
    [
      'mongodb',
      'mongodb+srv://bi:pw-secret-1@cluster0.acme.example/?retryWrites=true',
      'mongodb+srv://bi:pw-secret-1@cluster0.acme.example/?retryWrites=true',
    ],
  ])('a connection string of another dialect is read in the same way: %s, %s', async (dialect, text, sent) => {
    expect(await given('chartbrew', dialect, text)).toMatchObject({ sent });
  });

  it.each([
    ['mysql', 'postgresql://bi:pw-secret-1@db.acme.example/orders', 'Its scheme is not one of this dialect: mysql://.'],
    [
      'mysql',
      'jdbc:mysql://db.acme.example/orders',
      'This is a JDBC URL; write it as scheme://user:password@host:port/database.',
    ],
    [
      'mongodb',
      'mysql://bi:pw-secret-1@db.acme.example/orders',
      'Its scheme is not one of this dialect: mongodb://, mongodb+srv://.',
    ],
    [
      'mongodb',
      'mongodb+srv://bi:pw-secret-1@db.acme.example:27017/shop',
      'With mongodb+srv the DNS record defines the port; leave it out.',
    ],
  ])(
    'a connection string of another dialect is refused with the exact reason: %s, %s',
    async (dialect, text, message) => {
      const { result, sent } = await given('chartbrew', dialect, text);
      expect(result.issues).toMatchObject([{ path: ['input', 'config', dialect, 'connectionString'], message }]);
      expect(sent).toBeUndefined();
    },
  );
});

it('a suspect password inside a connection string gets the same warning as any other password', async () => {
  const { result } = await given('chartbrew', 'postgres', 'postgresql://bi:pw-secret-1%20@db.acme.example/orders');
  expect(result.warnings).toEqual([
    {
      path: ['input', 'config', 'postgres', 'connectionString'],
      code: 'VALUE_DOUBTFUL',
      message:
        'Its password: It begins or ends with a blank, a line break or an invisible character. It is sent unchanged.',
    },
  ]);
});
