// Creates and updates connections at Looker: a config for each dialect, and functions that return what an update sent.
import { expect } from 'vitest';
import { issuesOf } from '../../support/create-connection.ts';
import type { TestGateway } from '../../support/gateway.ts';
import { KEY_FILE } from '../create-case.ts';
import { createForUpdate, runMutation, recordSent } from '../../support/mutations.ts';

export type Values = Readonly<Record<string, unknown>>;

const PATH = '/api/4.0/connections/cell';

/** A config of each dialect, with a secret. */
export const CONFIGS = {
  athena: { region: 'eu-west-1', s3StagingDir: 's3://acme/a/', accessKeyId: 'AKIA1', secretAccessKey: 'pw-secret-1' },
  bigquery: { projectId: 'acme-web', dataset: 'events', serviceAccountKey: KEY_FILE },
  databricks: { host: 'dbc-1.example', httpPath: '/sql/1', accessToken: 'pw-secret-1' },
  postgres: { host: 'db.acme.example', username: 'bi', password: 'pw-secret-1' },
  snowflake: { account: 'acme', database: 'D', warehouse: 'WH', password: 'pw-secret-1' },
  other: { dialectName: 'vertica', host: 'v.acme.example', password: 'pw-secret-1' },
} as const;
export type ConfigDialect = keyof typeof CONFIGS;

interface Input {
  readonly config?: Values;
  /** The options of Looker. */
  readonly options?: Values;
}

/** Returns the expected PATCH of the connection `cell`. */
export const patched = (body: Values) => [[`PATCH ${PATH}`, body]];

/** The secret that an update provides when it redirects the connection. */
export const repeatedSecret = { postgres: { password: { replace: 'pw-secret-2' } } };

export const updateHelpers = (gateway: () => TestGateway) => {
  /** Creates the connection `cell` and returns its id. */
  const prepare = async (dialect: ConfigDialect, looker?: Values, more: Values = {}): Promise<string> => {
    const config = { [dialect]: { ...CONFIGS[dialect], ...more } };
    const options = looker && { options: { looker } };
    return (await createForUpdate(gateway(), { instance: 'looker', name: 'cell', config, ...options })).id;
  };

  /** Updates the connection. Returns the result and what was sent, without reads. */
  const change = async (id: string, { config, options }: Input) => {
    const input = { id, ...(config && { config }), ...(options && { options: { looker: options } }) };
    return recordSent(gateway(), 'looker', () => runMutation(gateway(), 'updateConnection', input));
  };

  /** Checks that an update is refused and sends nothing. Returns its issues. */
  const refused = async (id: string, input: Input): Promise<string[]> => {
    const { result, sent } = await change(id, input);
    expect(sent).toEqual([]);
    return issuesOf(result);
  };

  return { prepare, change, refused };
};
