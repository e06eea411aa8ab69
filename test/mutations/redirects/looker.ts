// Fields that can redirect a connection at Looker: those of looker-rows.ts in each dialect's config, and those that every dialect has in the
// options: tunnels, driver parameters, the driver itself, and the same of an override for derived tables.
import type { DialectKey } from '../../contract/create-case.ts';
import { option, ROWS, type Piece, type Row } from './looker-rows.ts';
import { everySecret, signIns } from './looker-sign-ins.ts';
import { joined, merged, type Attempt, type Redirect, type Settings } from './redirect.ts';

const ofOverride = (field: string, wire: string, from: unknown, to: unknown, sent = to): Piece => ({
  field: `pdtOverride.${field}`,
  first: { options: { pdtOverride: { [field]: from } } },
  to: { options: { pdtOverride: { [field]: to } } },
  sends: { pdt_context_override: { [wire]: sent } },
  none: { options: { pdtOverride: { [field]: null } } },
  clears: { pdt_context_override: { [wire]: null } },
});

/** The fields in the options of every dialect. */
const optionsOf = ({ params, port: fixed = null }: Row): readonly Piece[] => [
  option('driverVersionRequested', 'named_driver_version_requested', '42.2', '42.7'),
  option('oauthApplicationId', 'oauth_application_id', '7', '8'),
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
  ofOverride('username', 'username', 'pdt_a', 'pdt_b'),
  ofOverride('serviceName', 'pdt_service_name', 'ORCL', 'ORCLPDB1'),
  {
    field: 'afterConnectStatements',
    to: { options: { afterConnectStatements: { replace: "SET key = 'sql-secret-3'" } } },
    sends: { after_connect_statements: "SET key = 'sql-secret-3'" },
    none: { options: { afterConnectStatements: { clear: true } } },
    clears: { after_connect_statements: null },
    isSecret: 'options.looker.afterConnectStatements',
  },
  {
    ...ofOverride('jdbcAdditionalParams', 'jdbc_additional_params', 'k=jdbc-secret-1', { replace: 'k=jdbc-secret-2' }),
    sends: { pdt_context_override: { jdbc_additional_params: 'k=jdbc-secret-2' } },
    none: { options: { pdtOverride: { jdbcAdditionalParams: { clear: true } } } },
  },
  {
    ...ofOverride('afterConnectStatements', 'after_connect_statements', 'SET a', { replace: 'SET sql-secret-3' }),
    sends: { pdt_context_override: { after_connect_statements: 'SET sql-secret-3' } },
    none: { options: { pdtOverride: { afterConnectStatements: { clear: true } } } },
  },
];

/** The secrets in the options of every dialect. */
const SECRETS: Settings = {
  options: {
    afterConnectStatements: "SET key = 'sql-secret-1'",
    pdtOverride: { username: 'builder', password: 'pdt-secret-1' },
  },
};
const AGAIN: Settings = {
  options: {
    afterConnectStatements: { replace: "SET key = 'sql-secret-2'" },
    // Looker does not report whether a key file in the options is stored.
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

function moveOf(dialect: DialectKey, row: Row, piece: Piece): Redirect {
  const at = (issue: string) =>
    issue.startsWith('options.') ? issue.replace('options.', 'options.looker.') : `config.${dialect}.${issue}`;
  const needed = [
    ...Object.keys(row.again[0]).map((key) => `config.${dialect}.${key} SECRET_NEEDED`),
    'options.looker.afterConnectStatements SECRET_NEEDED',
    'options.looker.pdtOverride.certificate SECRET_NEEDED',
    'options.looker.pdtOverride.password SECRET_NEEDED',
  ]
    .filter((issue) => issue !== `${piece.isSecret} SECRET_NEEDED`)
    .toSorted();
  const { never, clears, keeps } = piece;
  const notNone = typeof clears === 'string' ? [at(clears)] : [];
  const notKept = keeps === undefined ? [] : [at(keeps)];
  // A field that cannot be changed has only that issue.
  const isFixed = notNone.some((issue) => issue.endsWith('NOT_ALLOWED'));
  const attempts: Attempt[] = [
    { change: piece.to, issues: never ? [at(never)] : needed },
    { change: piece.none, issues: isFixed ? notNone : [...notNone, ...notKept, ...needed].toSorted() },
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
  return { vendor: 'looker', dialect, field: piece.field, saved: first, attempts };
}

export const lookerRedirects: readonly Redirect[] = [
  everySecret,
  ...signIns,
  ...Object.entries(ROWS).flatMap(([dialect, row]) =>
    [...row.redirectingFields, ...optionsOf(row)].map((piece) => moveOf(dialect as DialectKey, row, piece)),
  ),
];
