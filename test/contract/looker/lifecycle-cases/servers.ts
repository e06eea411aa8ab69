// Lifecycles of dialects with a host at Looker. The port is text, and a stored password is never sent to another server.
import type { DialectKey } from '../../create-case.ts';
import { tlsSteps, verifySteps, type Again, type LifecycleCase, type Step } from './lifecycle-case.ts';

const again = { password: { replace: 'pw-secret-2' } };
const sent = { password: 'pw-secret-2' };
const both: Again = [again, sent];

/** Updates of names inside the server, which do not redirect a connection with a known driver. */
const names = ([config, sends]: Again): readonly Step[] => [
  { what: 'the database', config: { database: 'sales', ...config }, sends: { database: 'sales', ...sends } },
  { what: 'no database any more', config: { database: null, ...config }, sends: { database: null, ...sends } },
  { what: 'the schema', config: { schema: 'mart', ...config }, sends: { schema: 'mart', ...sends } },
  { what: 'no schema any more', config: { schema: null, ...config }, sends: { schema: null, ...sends } },
];

const place: readonly Step[] = [
  {
    what: 'the host, with the password',
    config: { host: 'new.acme.example', ...again },
    sends: { host: 'new.acme.example', password: 'pw-secret-2' },
  },
  { what: 'the port', config: { port: 6000, ...again }, sends: { port: '6000', password: 'pw-secret-2' } },
  { what: 'no port any more', config: { port: null, ...again }, sends: { port: null, password: 'pw-secret-2' } },
];

const signIn: readonly Step[] = [
  {
    what: 'no user any more, with the password',
    config: { username: null, ...again },
    sends: { username: null, ...sent },
  },
  {
    what: 'the user, with the password',
    config: { username: 'bi_writer', ...again },
    sends: { username: 'bi_writer', ...sent },
  },
  { what: 'no password any more', config: { password: { clear: true } }, sends: { password: null } },
  {
    what: 'the host alone, where no password is left',
    config: { host: 'last.acme.example' },
    sends: { host: 'last.acme.example' },
  },
  { what: 'a password', config: { password: { replace: 'pw-secret-3' } }, sends: { password: 'pw-secret-3' } },
];

const config = {
  host: 'db.acme.example',
  port: 5000,
  database: 'orders',
  schema: 'web',
  username: 'bi_reader',
  password: 'pw-secret-1',
  tls: { enabled: true, verify: false },
};
const told = {
  host: 'last.acme.example',
  username: 'bi_writer',
  password: 'SET',
  tls: { enabled: true, verify: false },
};

const server = (
  dialect: DialectKey,
  typeName: string,
  more: readonly Step[] = [],
  beside: Again = [{}, {}],
): LifecycleCase => ({
  dialect,
  config,
  steps: [...place, ...names(beside), ...signIn, ...tlsSteps(both), ...verifySteps(both), ...more],
  told: { __typename: typeName, ...told },
  stored: [`config.${dialect}.password`],
});

const tns: readonly Step[] = [
  {
    what: 'the service, with the password',
    config: { usesTns: true, serviceName: 'ORCLPDB1', ...again },
    sends: { uses_tns: true, service_name: 'ORCLPDB1', password: 'pw-secret-2' },
  },
  {
    what: 'no service any more',
    config: { usesTns: null, serviceName: null, ...again },
    sends: { uses_tns: null, service_name: null, password: 'pw-secret-2' },
  },
];

const variety = (dialectName: string): Step => ({
  what: 'the word for the dialect',
  config: again,
  options: { dialectName },
  sends: { dialect_name: dialectName, password: 'pw-secret-2' },
});

export const lookerServerLifecycles: readonly LifecycleCase[] = [
  server('clickhouse', 'ClickHouseConfig'),
  server('exasol', 'ExasolConfig'),
  server('mariadb', 'MariaDbConfig'),
  server('mssql', 'MsSqlConfig', [variety('msazuresql')]),
  server('mysql', 'MySqlConfig', [variety('mysql_8')]),
  server('oracle', 'OracleConfig', [...tns, variety('oracle_dwcs')]),
  server('postgres', 'PostgresConfig', [variety('azure_postgres')]),
  server('redshift', 'RedshiftConfig'),
  server('sapHana', 'SapHanaConfig', [variety('hana_2')]),
  // An unknown driver may read more than a name from the database field.
  { ...server('other', 'OtherConfig', [], both), config: { ...config, dialectName: 'vertica' } },
];
