// A draft as Looker's DBConnection. One of the places where a caller's secret is revealed.
import type { Draft } from '../../domain/connection.ts';
import { ValidationError } from '../../domain/errors.ts';
import type { Values } from '../../domain/fields.ts';
import { Secret } from '../../domain/secret.ts';
import { issue, optionPath } from '../../domain/support.ts';
import type { DialectSupport } from '../../domain/vendor.ts';
import { writeFields } from '../wire-fields.ts';
import { lookerOptions, lookerOptionsWire } from './fields.ts';
import { paramNames, writeParams } from './jdbc-params.ts';

type Body = Record<string, unknown>;

const reveal = (secret: Secret): string => secret.reveal();
const textOf = (value: unknown): string => (value instanceof Secret ? reveal(value) : '');
const base64 = (value: unknown): string => Buffer.from(textOf(value)).toString('base64');

/** The account that a key file belongs to. */
function clientEmail(key: unknown): string | undefined {
  const { client_email: email } = JSON.parse(textOf(key)) as { client_email?: unknown };
  return typeof email === 'string' ? email : undefined;
}

function bigquery({ dataset, serviceAccountEmail, serviceAccountKey }: Values): Body {
  // The schema is the dataset again: Looker's own guides set both.
  const body: Body = dataset ? { schema: dataset } : {};
  if (!serviceAccountKey) return body;
  const username = serviceAccountEmail ?? clientEmail(serviceAccountKey);
  return {
    ...body,
    ...(username ? { username } : {}),
    certificate: base64(serviceAccountKey),
    file_type: '.json',
  };
}

function snowflake({ account, hostOverride, warehouse, role, privateKey, tls }: Values, own: string): Body {
  const known = Object.entries({ account, warehouse, role }).filter(
    (pair): pair is [string, string] => typeof pair[1] === 'string',
  );
  const names = paramNames(own);
  const twice = known.filter(([name]) => names.has(name));
  if (twice.length > 0) {
    const path = optionPath('looker', 'jdbcAdditionalParams');
    const message = `It sets ${twice.map(([name]) => name).join(', ')}, which config.snowflake sets too; give it once.`;
    throw new ValidationError([issue(path, 'EXCLUSIVE', message)]);
  }
  const params = writeParams(known, own);
  return {
    host: hostOverride ?? `${account as string}.snowflakecomputing.com`,
    port: '443',
    // Snowflake takes nothing else; Looker leaves the flag off unless told.
    ...((tls as Values | undefined)?.['enabled'] === undefined ? { ssl: true } : {}),
    ...(params === '' ? {} : { jdbc_additional_params: params }),
    ...(privateKey ? { certificate: base64(privateKey), file_type: '.p8', uses_key_pair_auth: true } : {}),
  };
}

/** @throws ValidationError when a driver parameter is given twice. */
export function toWire({ name, config, options }: Draft, support: DialectSupport): Body {
  const own = textOf(options['jdbcAdditionalParams']);
  const derived: Readonly<Record<string, () => Body>> = {
    bigquery: () => ({ ...bigquery(config), ...(own === '' ? {} : { jdbc_additional_params: own }) }),
    snowflake: () => snowflake(config, own),
  };
  return {
    name,
    dialect_name: options['dialectName'] ?? support.word,
    ...writeFields(support.dialect.fields, support.fields, config, reveal),
    ...writeFields(lookerOptions, lookerOptionsWire, options, reveal),
    ...(derived[support.dialect.key]?.() ?? (own === '' ? {} : { jdbc_additional_params: own })),
  };
}
