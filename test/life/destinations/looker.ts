// What leads elsewhere at Looker: hosts, ports and what takes their place, tunnels, driver parameters, the word for the
// dialect, and the same of an override for derived tables.
import { KEY_FILE, PRIVATE_KEY, type DialectKey } from '../../contract/cells/cell.ts';
import { KEY_FILE_BASE64, PRIVATE_KEY_BASE64 as P8 } from '../../contract/cells/looker-files.ts';
import { joined, merged, type Attempt, type Move, type Settings, type Values } from './move.ts';

interface Row {
  readonly config: Values;
  /** Secrets of the settings: sent again, and what that writes; cleared, and what that writes. */
  readonly again: readonly [Values, Values];
  readonly cleared: readonly [Values, Values];
  readonly moves: readonly Piece[];
  /** What the settings keep in front of the driver parameters. */
  readonly params?: string;
  /** In place of a user attribute for the port. */
  readonly port?: string | null;
}

/** One field with the value that it gets, and with none. */
interface Piece {
  readonly field: string;
  readonly first?: Settings;
  readonly to: Settings;
  readonly sends: Values;
  readonly none: Settings;
  /** What is written for none; or why it cannot be, at its own place. */
  readonly clears: Values | string;
  /** Why the value cannot be written even with the secrets. */
  readonly never?: string;
}

const passwordAgain = (name: string): Row['again'] => [
  { [name]: { replace: 'pw-secret-2' } },
  { password: 'pw-secret-2' },
];
const passwordCleared = (name: string): Row['cleared'] => [{ [name]: { clear: true } }, { password: null }];

const host: Piece = {
  field: 'host',
  to: { config: { host: 'new.acme.example' } },
  sends: { host: 'new.acme.example' },
  none: { config: { host: null } },
  clears: 'host REQUIRED',
};
const port: Piece = {
  field: 'port',
  first: { config: { port: 5000 } },
  to: { config: { port: 6000 } },
  sends: { port: '6000' },
  none: { config: { port: null } },
  clears: { port: null },
};
const word = (dialectName: string): Piece => ({
  field: 'dialectName',
  to: { options: { dialectName } },
  sends: { dialect_name: dialectName },
  none: { options: { dialectName: null } },
  clears: 'options.dialectName NOT_ALLOWED',
});

const server = (...moves: readonly Piece[]): Row => ({
  config: { host: 'db.acme.example', username: 'bi', password: 'pw-secret-1' },
  again: passwordAgain('password'),
  cleared: passwordCleared('password'),
  moves: [host, port, ...moves],
});

const serviceName: Piece = {
  field: 'serviceName',
  first: { config: { usesTns: true, serviceName: 'ORCL' } },
  to: { config: { serviceName: 'ORCLPDB1' } },
  sends: { service_name: 'ORCLPDB1' },
  none: { config: { serviceName: null } },
  clears: { service_name: null },
};

const usesTns: Piece = {
  field: 'usesTns',
  first: { config: { usesTns: true, serviceName: 'ORCL' } },
  to: { config: { usesTns: false } },
  sends: { uses_tns: false },
  none: { config: { usesTns: null } },
  clears: { uses_tns: null },
};

const required = (field: string, value: string, sends: Values): Piece => ({
  field,
  to: { config: { [field]: value } },
  sends,
  none: { config: { [field]: null } },
  clears: `${field} REQUIRED`,
});

const ROWS: Readonly<Partial<Record<DialectKey, Row>>> = {
  clickhouse: server(),
  exasol: server(),
  mariadb: server(),
  mssql: server(word('msazuresql')),
  mysql: server(word('mysql_8')),
  oracle: server(word('oracle_dwcs'), serviceName, usesTns),
  postgres: server(word('azure_postgres')),
  redshift: server(),
  sapHana: server(word('hana_2')),
  other: {
    ...server({
      field: 'dialectName',
      to: { config: { dialectName: 'exasol_7' } },
      sends: {},
      never: 'dialectName NOT_ALLOWED',
      none: { config: { dialectName: null } },
      clears: 'dialectName NOT_ALLOWED',
    }),
    config: { dialectName: 'vertica', host: 'db.acme.example', username: 'bi', password: 'pw-secret-1' },
  },
  athena: {
    config: { region: 'eu-west-1', s3StagingDir: 's3://acme/a/', accessKeyId: 'AKIA1', secretAccessKey: 'pw-secret-1' },
    again: passwordAgain('secretAccessKey'),
    cleared: passwordCleared('secretAccessKey'),
    moves: [required('region', 'eu-central-1', { host: 'athena.eu-central-1.amazonaws.com' })],
    params: 's3_staging_dir=s3://acme/a/',
    port: '443',
  },
  bigquery: {
    config: { projectId: 'acme-web', dataset: 'events', serviceAccountKey: KEY_FILE },
    again: [
      { serviceAccountKey: { replace: KEY_FILE } },
      { certificate: KEY_FILE_BASE64, file_type: '.json', username: 'bi@acme-web.iam.gserviceaccount.com' },
    ],
    cleared: [{ serviceAccountKey: { clear: true } }, { certificate: null }],
    moves: [required('projectId', 'acme-bi', { host: 'acme-bi' })],
  },
  databricks: {
    config: { host: 'dbc-1.example', httpPath: '/sql/1', accessToken: 'pw-secret-1' },
    again: passwordAgain('accessToken'),
    cleared: passwordCleared('accessToken'),
    moves: [host, required('httpPath', '/sql/2', { jdbc_additional_params: 'httpPath=/sql/2' })],
    params: 'httpPath=/sql/1',
    port: '443',
  },
  snowflake: {
    config: { account: 'acme', database: 'D', warehouse: 'WH', password: 'pw-secret-1', privateKey: PRIVATE_KEY },
    again: [
      { password: { replace: 'pw-secret-2' }, privateKey: { replace: PRIVATE_KEY } },
      { password: 'pw-secret-2', certificate: P8, file_type: '.p8', uses_key_pair_auth: true },
    ],
    cleared: [
      { password: { clear: true }, privateKey: { clear: true } },
      { password: null, certificate: null, uses_key_pair_auth: false },
    ],
    moves: [
      required('account', 'acme-eu', {
        host: 'acme-eu.snowflakecomputing.com',
        jdbc_additional_params: 'account=acme-eu&warehouse=WH',
      }),
      {
        field: 'hostOverride',
        first: { config: { hostOverride: 'a.privatelink.example' } },
        to: { config: { hostOverride: 'b.privatelink.example' } },
        sends: { host: 'b.privatelink.example' },
        none: { config: { hostOverride: null } },
        clears: { host: 'acme.snowflakecomputing.com' },
      },
    ],
    params: 'account=acme&warehouse=WH',
    port: '443',
  },
  trino: server(),
};

const option = (field: string, wire: string, from: unknown, to: unknown): Piece => ({
  field,
  first: { options: { [field]: from } },
  to: { options: { [field]: to } },
  sends: { [wire]: to },
  none: { options: { [field]: null } },
  clears: { [wire]: null },
});
const ofOverride = (field: string, wire: string, from: unknown, to: unknown, sent = to): Piece => ({
  field: `pdtOverride.${field}`,
  first: { options: { pdtOverride: { [field]: from } } },
  to: { options: { pdtOverride: { [field]: to } } },
  sends: { pdt_context_override: { [wire]: sent } },
  none: { options: { pdtOverride: { [field]: null } } },
  clears: { pdt_context_override: { [wire]: null } },
});

/** What every dialect has there. */
const optionsOf = ({ params, port: fixed = null }: Row): readonly Piece[] => [
  option('tunnelId', 'tunnel_id', '3', '4'),
  option('customLocalPort', 'custom_local_port', 10_017, 10_018),
  option('userAttributeFields', 'user_attribute_fields', ['username'], ['username', 'host']),
  option('tmpHost', 'tmp_db_host', 'scratch.acme.example', 'scratch2.acme.example'),
  {
    field: 'portUserAttribute',
    first: { options: { userAttributeFields: ['port'], portUserAttribute: 'db_port' } },
    to: { options: { portUserAttribute: 'other_port' } },
    sends: { port: 'other_port' },
    none: { options: { portUserAttribute: null } },
    clears: { port: fixed },
  },
  {
    field: 'jdbcAdditionalParams',
    first: { options: { jdbcAdditionalParams: 'k=jdbc-secret-1' } },
    to: { options: { jdbcAdditionalParams: { replace: 'k=jdbc-secret-2' } } },
    sends: { jdbc_additional_params: params ? `${params}&k=jdbc-secret-2` : 'k=jdbc-secret-2' },
    none: { options: { jdbcAdditionalParams: { clear: true } } },
    clears: { jdbc_additional_params: params ?? null },
  },
  ofOverride('host', 'host', 'pdt.acme.example', 'pdt2.acme.example'),
  ofOverride('port', 'port', 5433, 5434, '5434'),
  ofOverride('serviceName', 'pdt_service_name', 'ORCL', 'ORCLPDB1'),
  {
    ...ofOverride('jdbcAdditionalParams', 'jdbc_additional_params', 'k=jdbc-secret-1', { replace: 'k=jdbc-secret-2' }),
    sends: { pdt_context_override: { jdbc_additional_params: 'k=jdbc-secret-2' } },
    none: { options: { pdtOverride: { jdbcAdditionalParams: { clear: true } } } },
  },
];

/** Secrets among the options of every one. */
const SECRETS: Settings = {
  options: {
    afterConnectStatements: "SET key = 'sql-secret-1'",
    pdtOverride: { username: 'builder', password: 'pdt-secret-1' },
  },
};
const AGAIN: Settings = {
  options: {
    afterConnectStatements: { replace: "SET key = 'sql-secret-2'" },
    // Of a key file there Looker does not tell whether it is stored.
    pdtOverride: { password: { replace: 'pdt-secret-2' }, certificate: { clear: true } },
  },
};
const SENT_AGAIN = {
  after_connect_statements: "SET key = 'sql-secret-2'",
  pdt_context_override: { context: 'pdt', password: 'pdt-secret-2', certificate: null },
};
const CLEARED: Settings = {
  options: {
    afterConnectStatements: { clear: true },
    pdtOverride: { password: { clear: true }, certificate: { clear: true } },
  },
};
const SENT_CLEARED = {
  after_connect_statements: null,
  pdt_context_override: { context: 'pdt', password: null, certificate: null },
};

function moveOf(dialect: DialectKey, row: Row, piece: Piece): Move {
  const at = (issue: string) =>
    issue.startsWith('options.') ? issue.replace('options.', 'options.looker.') : `config.${dialect}.${issue}`;
  const needed = [
    ...Object.keys(row.again[0]).map((key) => `config.${dialect}.${key} SECRET_NEEDED`),
    'options.looker.afterConnectStatements SECRET_NEEDED',
    'options.looker.pdtOverride.certificate SECRET_NEEDED',
    'options.looker.pdtOverride.password SECRET_NEEDED',
  ].toSorted();
  const { never, clears } = piece;
  const notNone = typeof clears === 'string' ? [at(clears)] : [];
  // What cannot be changed at all is told alone.
  const isFixed = notNone.some((issue) => issue.endsWith('NOT_ALLOWED'));
  const attempts: Attempt[] = [
    { change: piece.to, issues: never ? [at(never)] : needed },
    { change: piece.none, issues: isFixed ? notNone : [...notNone, ...needed].toSorted() },
    {
      change: joined(joined({ config: row.again[0] }, AGAIN), piece.to),
      ...(never ? { issues: [at(never)] } : { sends: merged({ ...SENT_AGAIN, ...row.again[1] }, piece.sends) }),
    },
    {
      change: joined(joined({ config: row.cleared[0] }, CLEARED), piece.none),
      ...(typeof clears === 'string'
        ? { issues: notNone }
        : { sends: merged({ ...SENT_CLEARED, ...row.cleared[1] }, clears) }),
    },
  ];
  const first = joined(joined({ config: row.config }, SECRETS), piece.first ?? {});
  return { vendor: 'looker', dialect, field: piece.field, first, attempts };
}

/** Every secret that Looker takes, all of them stored. */
const everySecret: Move = {
  vendor: 'looker',
  dialect: 'postgres',
  field: 'host, beside every secret',
  first: {
    config: { host: 'db.acme.example', password: 'pw-secret-1' },
    options: {
      // Of a key file Looker tells by what signs in.
      usesKeyPairAuth: true,
      certificate: { body: 'cDEyLXNlY3JldC0x', fileType: 'P12' },
      jdbcAdditionalParams: 'k=jdbc-secret-1',
      afterConnectStatements: "SET key = 'sql-secret-1'",
      pdtOverride: {
        password: 'pdt-secret-1',
        certificate: { body: 'cDEyLXNlY3JldC0x', fileType: 'P12' },
        jdbcAdditionalParams: 'k=jdbc-secret-2',
        afterConnectStatements: "SET key = 'sql-secret-2'",
      },
    },
  },
  attempts: [
    {
      change: { config: { host: 'new.acme.example' } },
      issues: [
        'config.postgres.password SECRET_NEEDED',
        'options.looker.afterConnectStatements SECRET_NEEDED',
        'options.looker.certificate SECRET_NEEDED',
        'options.looker.jdbcAdditionalParams SECRET_NEEDED',
        'options.looker.pdtOverride.afterConnectStatements SECRET_NEEDED',
        'options.looker.pdtOverride.certificate SECRET_NEEDED',
        'options.looker.pdtOverride.jdbcAdditionalParams SECRET_NEEDED',
        'options.looker.pdtOverride.password SECRET_NEEDED',
      ],
    },
  ],
};

export const lookerMoves: readonly Move[] = [
  everySecret,
  ...Object.entries(ROWS).flatMap(([dialect, row]) =>
    [...row.moves, ...optionsOf(row)].map((piece) => moveOf(dialect as DialectKey, row, piece)),
  ),
];
