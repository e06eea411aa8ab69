// The results of Looker's connection tests. There is no database, so the settings decide. One of these makes every requested test fail;
// otherwise all pass:
// - a host that ends in `.invalid`, or Athena's host `athena.cn-*.amazonaws.com`, whose real name ends in `.com.cn`;
// - a password or a certificate file that contains `wrong`;
// - an encrypted private key without its passphrase, which Looker stores as the password.
import { dialectTests, type StoredConnection } from './data.ts';
import { isText, isUnset, type Json } from './rules.ts';

const internalNames: readonly string[] = ['looker', 'looker__internal__analytics'];

/** Returns whether the connection is an internal one, which Looker does not test. */
export const isInternal = ({ name, upkeep }: StoredConnection): boolean =>
  upkeep.managed === true || internalNames.includes(name);

const successes: Readonly<Record<string, string>> = {
  connect: 'Can connect',
  kill: 'Can cancel queries',
  query: 'Can run simple select query',
  database_timezone: 'Database timezone: UTC',
  database_version: 'Database version is supported',
  tmp_db: 'Can use persistent derived tables',
};

const jdbcNames: Readonly<Record<string, string>> = {
  postgres: 'postgresql',
  mysql_8: 'mysql',
  mssql_2017: 'sqlserver',
};

const textOr = (value: unknown, otherwise: string): string => (isText(value) && value !== '' ? value : otherwise);

const NOWHERE = /\.invalid$|^athena\.cn-[^.]+\.amazonaws\.com$/i;

/** Returns the JDBC URL with the password in plain text. The documents do not say that Looker hides it. */
function jdbcUrl({ dialectName, fields, secrets }: StoredConnection): string {
  const passwordName = fields.uses_key_pair_auth === true ? 'private_key_file_pwd' : 'password';
  const host = textOr(fields.host, textOr(fields.service_name, ''));
  const server = isText(fields.port) ? `${host}:${fields.port}` : host;
  const parameters = [
    `user=${textOr(fields.username, '')}`,
    ...(secrets.password === undefined ? [] : [`${passwordName}=${secrets.password}`]),
    ...(isUnset(fields.jdbc_additional_params) ? [] : [fields.jdbc_additional_params]),
  ];
  const database = textOr(fields.database, '');
  return `jdbc:${jdbcNames[dialectName] ?? dialectName}://${server}/${database}?${parameters.join('&')}`;
}

function faultOf({ fields, secrets }: StoredConnection): string | undefined {
  const host = textOr(fields.host, '');
  if (NOWHERE.test(host)) return `Cannot resolve the host "${host}": Name or service not known`;
  const user = textOr(fields.username, '');
  if (secrets.password?.includes('wrong')) return `FATAL: password authentication failed for user "${user}"`;
  const file = Buffer.from(secrets.certificate ?? '', 'base64').toString();
  const isLocked = fields.uses_key_pair_auth === true && secrets.password === undefined;
  if (isLocked && file.includes('ENCRYPTED PRIVATE KEY')) return 'Private key is encrypted: its passphrase is missing';
  return file.includes('wrong') ? `FATAL: key authentication failed for user "${user}"` : undefined;
}

/**
 * Returns the results of connection tests.
 * @param requested test names, separated by commas. Null or an empty text requests all tests. Unknown names are ignored.
 */
export function testResults(stored: StoredConnection, requested: string | null): readonly Json[] {
  const wanted = isUnset(requested) ? undefined : requested?.split(',').map((name) => name.trim());
  const names = dialectTests(stored.dialectName).filter((name) => wanted?.includes(name) ?? true);
  const fault = faultOf(stored);
  const url = jdbcUrl(stored);
  return names.map((name) => {
    const isConnect = name === 'connect';
    const errorMessage = fault !== undefined && isConnect ? `${fault} (${url})` : fault;
    return {
      name,
      status: fault === undefined ? 'success' : 'error',
      message: errorMessage ?? successes[name] ?? 'Passed',
      connection_string: isConnect ? url : null,
      can: {},
    };
  });
}
