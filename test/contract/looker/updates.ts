// Connections at Looker that a test changes: what each dialect needs, and what a change of it sent.
import { expect } from 'vitest';
import { issuesOf } from '../../support/create-connection.ts';
import type { TestGateway } from '../../support/gateway.ts';
import { KEY_FILE } from '../create-case.ts';
import { createForUpdate, runMutation, recordSent } from '../../support/mutations.ts';

export type Values = Readonly<Record<string, unknown>>;

const PATH = '/api/4.0/connections/cell';

/** With a secret of the settings in each. */
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
  /** Of Looker. */
  readonly options?: Values;
}

/** The PATCH of the connection that is named `cell`. */
export const patched = (body: Values) => [[`PATCH ${PATH}`, body]];

/** What goes with a change of where the connection leads. */
export const repeatedSecret = { postgres: { password: { replace: 'pw-secret-2' } } };

export const updateHelpers = (gateway: () => TestGateway) => {
  /** Creates `cell`. */
  const prepare = async (dialect: ConfigDialect, looker?: Values, more: Values = {}): Promise<string> => {
    const config = { [dialect]: { ...CONFIGS[dialect], ...more } };
    const options = looker && { options: { looker } };
    return (await createForUpdate(gateway(), { instance: 'looker', name: 'cell', config, ...options })).id;
  };

  /** Changes it, and tells what was sent but for reads. */
  const change = async (id: string, { config, options }: Input) => {
    const input = { id, ...(config && { config }), ...(options && { options: { looker: options } }) };
    return recordSent(gateway(), 'looker', () => runMutation(gateway(), 'updateConnection', input));
  };

  /** The issues of a change that is refused with nothing sent. */
  const refused = async (id: string, input: Input): Promise<string[]> => {
    const { result, sent } = await change(id, input);
    expect(sent).toEqual([]);
    return issuesOf(result);
  };

  return { prepare, change, refused };
};
