// Omni cannot update the address of a connection. Every field that would redirect it is refused, with or without its secret.
import { KEY_FILE, type DialectKey } from '../../contract/create-case.ts';
import type { Redirect, Values } from './redirect.ts';

interface Row {
  readonly config: Values;
  /** The secret, provided again. */
  readonly again: Values;
  readonly to: Values;
}

const password = { password: { replace: 'pw-secret-2' } };
const server = (more: Values = {}): Row => ({
  config: { host: 'db.acme.example', port: 5000, database: 'd', username: 'bi', password: 'pw-secret-1', ...more },
  again: password,
  to: { host: 'new.acme.example', port: 6000 },
});

const ROWS: Readonly<Partial<Record<DialectKey, Row>>> = {
  clickhouse: server(),
  databricksLakebase: server(),
  exasol: server(),
  mariadb: server(),
  mssql: server({ schema: 'dbo' }),
  mysql: server(),
  oracle: server({ acceptsLicense: true }),
  postgres: server(),
  redshift: server(),
  sapHana: server(),
  starrocks: server(),
  trino: {
    ...server(),
    config: { host: 'db.acme.example', port: 5000, catalog: 'd', username: 'bi', password: 'pw-secret-1' },
  },
  athena: {
    config: { region: 'eu-west-1', accessKeyId: 'AKIA1', secretAccessKey: 'pw-secret-1' },
    again: { secretAccessKey: { replace: 'pw-secret-2' } },
    to: { region: 'eu-central-1' },
  },
  bigquery: {
    config: { projectId: 'acme-web', location: 'us', serviceAccountKey: KEY_FILE },
    again: { serviceAccountKey: { replace: KEY_FILE } },
    to: { projectId: 'acme-bi' },
  },
  databricks: {
    config: { host: 'dbc-1.example', httpPath: '/sql/1', accessToken: 'pw-secret-1' },
    again: { accessToken: { replace: 'pw-secret-2' } },
    to: { host: 'dbc-2.example', httpPath: '/sql/2' },
  },
  snowflake: {
    config: { account: 'acme', warehouse: 'WH', database: 'D', username: 'BI', password: 'pw-secret-1' },
    again: password,
    to: { account: 'acme-eu', hostOverride: 'eu.privatelink.example' },
  },
};

const OAUTH_LINKS = ['authorizationUrl', 'tokenUrl'];

function redirectsOf(dialect: DialectKey, { config, again, to }: Row): Redirect[] {
  const redirect = (field: string, change: Values): Redirect => {
    const issues = [`config.${dialect}.${field} NOT_ALLOWED`];
    return {
      vendor: 'omni',
      dialect,
      field,
      saved: { config },
      attempts: [
        { change: { config: change }, issues },
        { change: { config: { ...again, ...change } }, issues },
      ],
    };
  };
  return [
    ...Object.entries(to).map(([field, value]) => redirect(field, { [field]: value })),
    ...(dialect === 'snowflake'
      ? OAUTH_LINKS.map((link) => redirect(`oauth.${link}`, { oauth: { [link]: 'https://login.acme.example/a' } }))
      : []),
  ];
}

export const omniRedirects: readonly Redirect[] = Object.entries(ROWS).flatMap(([dialect, row]) =>
  redirectsOf(dialect as DialectKey, row),
);
