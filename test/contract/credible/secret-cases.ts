// Every secret of every dialect at Credible: the inputs that keep, replace and clear it, and the block that is sent, typed
// from the vendor's notes.
import { KEY_IN_JSON, OTHER_KEY_IN_JSON, OTHER_PRIVATE_KEY, PRIVATE_KEY } from '../../support/keys.ts';

type Values = Readonly<Record<string, unknown>>;

export const KEY = `{"type":"service_account","project_id":"acme-web","private_key_id":"key-secret-1","private_key":${KEY_IN_JSON},"client_email":"bi@acme-web.iam.gserviceaccount.com"}`;
export const NEW_KEY = `{"type":"service_account","project_id":"acme-web","private_key_id":"key-secret-9","private_key":${OTHER_KEY_IN_JSON},"client_email":"bi@acme-web.iam.gserviceaccount.com"}`;
export const PEM = PRIVATE_KEY;
export const NEW_PEM = OTHER_PRIVATE_KEY;
const URL = 'postgresql://bi:url-secret-1@pg.acme.example/orders';
export const NEW_URL = 'postgresql://bi:url-secret-9@pg.acme.example/orders';

export const again = (value: string) => ({ replace: value });
export const cleared = { clear: true };

export interface Secret {
  readonly dialect: string;
  readonly field: string;
  readonly config: Values;
  /** An update of another field, with all secrets except this one. */
  readonly beside: Values;
  readonly replace: Values;
  readonly replaced: Values;
  readonly clear: Values;
  /** The block without the secret, or the field that is then missing. */
  readonly afterClear: Values | string;
}

export const snowflake = { account: 'acme-fin', username: 'BI', warehouse: 'WH' };
const bothKeys = { password: 'pw-secret-1', privateKey: PEM, privateKeyPassphrase: 'pass-secret-1' };
const keyAgain = { privateKey: again(PEM), privateKeyPassphrase: again('pass-secret-1') };
const trino = { host: 'trino.acme.example', port: 8443 };
const trinoSent = { server: 'https://trino.acme.example', port: 8443 };

export const credibleSecrets: readonly Secret[] = [
  {
    dialect: 'postgres',
    field: 'password',
    config: { host: 'pg.acme.example', username: 'bi', password: 'pw-secret-1' },
    beside: { username: 'reader' },
    replace: { password: again('pw-secret-9') },
    replaced: { host: 'pg.acme.example', userName: 'bi', password: 'pw-secret-9' },
    clear: { password: cleared },
    afterClear: { host: 'pg.acme.example', userName: 'bi' },
  },
  {
    dialect: 'postgres',
    field: 'connectionString',
    config: { connectionString: URL },
    // The connection string contains everything else.
    beside: {},
    replace: { connectionString: again(NEW_URL) },
    replaced: { connectionString: NEW_URL },
    // Credible does not report secrets, so a password may be stored too.
    clear: { connectionString: cleared, password: cleared },
    afterClear: 'host',
  },
  {
    dialect: 'mysql',
    field: 'password',
    config: { host: 'my.acme.example', username: 'bi', password: 'pw-secret-1' },
    beside: { username: 'reader' },
    replace: { password: again('pw-secret-9') },
    replaced: { host: 'my.acme.example', user: 'bi', password: 'pw-secret-9' },
    clear: { password: cleared },
    afterClear: { host: 'my.acme.example', user: 'bi' },
  },
  {
    dialect: 'bigquery',
    field: 'serviceAccountKey',
    config: { projectId: 'acme-web', serviceAccountKey: KEY },
    beside: { location: 'EU' },
    replace: { serviceAccountKey: again(NEW_KEY) },
    replaced: { defaultProjectId: 'acme-web', serviceAccountKeyJson: NEW_KEY },
    clear: { serviceAccountKey: cleared },
    afterClear: { defaultProjectId: 'acme-web' },
  },
  {
    dialect: 'snowflake',
    field: 'password',
    config: { ...snowflake, password: 'pw-secret-1' },
    beside: { role: 'ANALYST', privateKeyPassphrase: cleared },
    replace: { password: again('pw-secret-9'), privateKeyPassphrase: cleared },
    replaced: { ...snowflake, password: 'pw-secret-9' },
    clear: { password: cleared, privateKey: again(PEM), privateKeyPassphrase: cleared },
    afterClear: { ...snowflake, privateKey: PEM },
  },
  {
    dialect: 'snowflake',
    field: 'privateKey',
    config: { ...snowflake, ...bothKeys },
    beside: { role: 'ANALYST', password: cleared, privateKeyPassphrase: again('pass-secret-1') },
    replace: { ...keyAgain, password: again('pw-secret-1'), privateKey: again(NEW_PEM) },
    replaced: { ...snowflake, password: 'pw-secret-1', privateKey: NEW_PEM, privateKeyPass: 'pass-secret-1' },
    clear: { password: again('pw-secret-1'), privateKey: cleared, privateKeyPassphrase: cleared },
    afterClear: { ...snowflake, password: 'pw-secret-1' },
  },
  {
    dialect: 'snowflake',
    field: 'privateKeyPassphrase',
    config: { ...snowflake, ...bothKeys },
    beside: { role: 'ANALYST' },
    replace: { ...keyAgain, password: cleared, privateKeyPassphrase: again('pass-secret-9') },
    replaced: { ...snowflake, privateKey: PEM, privateKeyPass: 'pass-secret-9' },
    clear: { password: cleared, privateKey: again(PEM), privateKeyPassphrase: cleared },
    afterClear: { ...snowflake, privateKey: PEM },
  },
  {
    dialect: 'trino',
    field: 'password',
    config: { ...trino, password: 'pw-secret-1', peakaKey: 'pk-secret-1' },
    beside: { catalog: 'hive', peakaKey: again('pk-secret-1') },
    replace: { password: again('pw-secret-9'), peakaKey: again('pk-secret-1') },
    replaced: { ...trinoSent, password: 'pw-secret-9', peakaKey: 'pk-secret-1' },
    clear: { password: cleared, peakaKey: again('pk-secret-1') },
    afterClear: { ...trinoSent, peakaKey: 'pk-secret-1' },
  },
  {
    dialect: 'trino',
    field: 'peakaKey',
    config: { ...trino, password: 'pw-secret-1', peakaKey: 'pk-secret-1' },
    beside: { catalog: 'hive', password: again('pw-secret-1') },
    replace: { peakaKey: again('pk-secret-9'), password: again('pw-secret-1') },
    replaced: { ...trinoSent, password: 'pw-secret-1', peakaKey: 'pk-secret-9' },
    clear: { peakaKey: cleared, password: again('pw-secret-1') },
    afterClear: { ...trinoSent, password: 'pw-secret-1' },
  },
  {
    dialect: 'motherduck',
    field: 'accessToken',
    config: { accessToken: 'token-secret-1' },
    beside: { database: 'orders' },
    replace: { accessToken: again('token-secret-9') },
    replaced: { accessToken: 'token-secret-9' },
    clear: { accessToken: cleared },
    afterClear: 'accessToken',
  },
];
