// Fields that can redirect a connection at Credible, which replaces a whole block and does not return secrets. Each update provides
// the secrets of its block, or it is refused.
import { KEY_FILE, type DialectKey } from '../../contract/create-case.ts';
import { merged, type Attempt, type Redirect, type Values } from './redirect.ts';

interface Row {
  readonly config: Values;
  /** Secrets that may be stored. Credible does not report them. */
  readonly needed: readonly string[];
  readonly again: Values;
  readonly cleared: Values;
  /** The created block, with the secrets that the update provides again. */
  readonly block: Values;
  /** The wire names of the secrets in the block. */
  readonly secrets: readonly string[];
  /** The fields that are REQUIRED when the secrets are cleared. */
  readonly missing?: string;
  readonly moves: readonly (readonly [field: string, to: unknown, block: Values, withoutIt: Values | string])[];
}

const without = (values: Values, names: readonly string[]): Values =>
  Object.fromEntries(Object.entries(values).filter(([name]) => !names.includes(name)));

const ROWS: Readonly<Partial<Record<DialectKey, Row>>> = {
  postgres: {
    config: { host: 'db.acme.example', port: 5000, username: 'bi', password: 'pw-secret-1' },
    needed: ['password'],
    again: { password: { replace: 'pw-secret-2' } },
    cleared: { password: { clear: true } },
    block: { host: 'db.acme.example', port: 5000, userName: 'bi', password: 'pw-secret-2' },
    secrets: ['password'],
    moves: [
      ['host', 'new.acme.example', { host: 'new.acme.example' }, 'host REQUIRED'],
      ['port', 6000, { port: 6000 }, { host: 'db.acme.example', userName: 'bi' }],
    ],
  },
  mysql: {
    config: { host: 'db.acme.example', port: 5000, username: 'bi', password: 'pw-secret-1' },
    needed: ['password'],
    again: { password: { replace: 'pw-secret-2' } },
    cleared: { password: { clear: true } },
    block: { host: 'db.acme.example', port: 5000, user: 'bi', password: 'pw-secret-2' },
    secrets: ['password'],
    moves: [
      ['host', 'new.acme.example', { host: 'new.acme.example' }, 'host REQUIRED'],
      ['port', 6000, { port: 6000 }, { host: 'db.acme.example', user: 'bi' }],
    ],
  },
  bigquery: {
    config: { projectId: 'acme-web', location: 'EU', serviceAccountKey: KEY_FILE },
    needed: ['serviceAccountKey'],
    again: { serviceAccountKey: { replace: KEY_FILE } },
    cleared: { serviceAccountKey: { clear: true } },
    block: { defaultProjectId: 'acme-web', location: 'EU', serviceAccountKeyJson: KEY_FILE },
    secrets: ['serviceAccountKeyJson'],
    moves: [['projectId', 'acme-bi', { defaultProjectId: 'acme-bi' }, { location: 'EU' }]],
  },
  snowflake: {
    config: { account: 'acme', username: 'BI', warehouse: 'WH', password: 'pw-secret-1' },
    needed: ['password', 'privateKey', 'privateKeyPassphrase'],
    again: { password: { replace: 'pw-secret-2' } },
    cleared: { password: { clear: true }, privateKey: { clear: true } },
    block: { account: 'acme', username: 'BI', warehouse: 'WH', password: 'pw-secret-2' },
    secrets: ['password'],
    missing: 'password REQUIRED',
    moves: [['account', 'acme-eu', { account: 'acme-eu' }, 'account REQUIRED']],
  },
  trino: {
    config: {
      host: 'db.acme.example',
      port: 8443,
      username: 'bi',
      password: 'pw-secret-1',
      peakaKey: 'peaka-secret-1',
    },
    needed: ['password', 'peakaKey'],
    again: { password: { replace: 'pw-secret-2' }, peakaKey: { replace: 'peaka-secret-2' } },
    cleared: { password: { clear: true }, peakaKey: { clear: true } },
    block: {
      server: 'https://db.acme.example',
      port: 8443,
      user: 'bi',
      password: 'pw-secret-2',
      peakaKey: 'peaka-secret-2',
    },
    secrets: ['password', 'peakaKey'],
    moves: [
      ['host', 'new.acme.example', { server: 'https://new.acme.example' }, 'host REQUIRED'],
      ['port', 9443, { port: 9443 }, 'port REQUIRED'],
      [
        'tls',
        { enabled: false },
        { server: 'http://db.acme.example' },
        { server: 'https://db.acme.example', port: 8443, user: 'bi' },
      ],
    ],
  },
};

function redirectsOf(dialect: DialectKey, row: Row): Redirect[] {
  const at = (issue: string) => `config.${dialect}.${issue}`;
  const needed = row.needed.map((key) => at(`${key} SECRET_NEEDED`));
  const missing = row.missing ? [at(row.missing)] : [];
  const sends = (block: Values) => ({ name: 'moving', type: dialect, [`${dialect}Connection`]: block });
  return row.moves.map(([field, to, block, withoutIt]): Redirect => {
    const isRefused = typeof withoutIt === 'string';
    const attempts: Attempt[] = [
      { change: { config: { [field]: to } }, issues: needed },
      { change: { config: { [field]: null } }, issues: [...(isRefused ? [at(withoutIt)] : []), ...needed].toSorted() },
      {
        change: { config: { ...row.cleared, [field]: null } },
        ...(isRefused ? { issues: [at(withoutIt), ...missing] } : { sends: sends(withoutIt) }),
      },
      { change: { config: { ...row.again, [field]: to } }, sends: sends(merged(row.block, block)) },
      {
        change: { config: { ...row.cleared, [field]: to } },
        ...(row.missing ? { issues: missing } : { sends: sends(without(merged(row.block, block), row.secrets)) }),
      },
    ];
    return { vendor: 'credible', dialect, field, saved: { config: row.config }, attempts };
  });
}

export const credibleRedirects: readonly Redirect[] = Object.entries(ROWS).flatMap(([dialect, row]) =>
  redirectsOf(dialect as DialectKey, row),
);
