// A draft as Credible's Connection: name, type and that type's block. One of the places where a caller's secret is revealed.
import type { Draft } from '../../domain/connection.ts';
import { valueAt, type Values } from '../../domain/fields.ts';
import type { Secret } from '../../domain/secret.ts';
import { writeFields } from '../wire-fields.ts';
import { sourceBlocks, sourceFieldsOf } from './blocks.ts';
import { credibleOptions, credibleOptionsWire } from './fields.ts';

const reveal = (secret: Secret): string => secret.reveal();

function writeAttachment({ name, source }: Values): Values {
  const [kind, values] = Object.entries(source as Values)[0] as [string, Values];
  return {
    name,
    type: kind,
    // BigQuery needs nothing of a caller: the block is there even when it is empty.
    [`${kind}Connection`]: {},
    ...writeFields(sourceFieldsOf(kind), sourceBlocks[kind]?.fields ?? {}, values, reveal),
  };
}

/** The keys of a block that more than a copy makes, by the dialect. */
const DERIVED: Readonly<Record<string, (config: Values) => Values>> = {
  trino: (config) => {
    const scheme = valueAt(config, 'tls.enabled') === false ? 'http' : 'https';
    return { server: `${scheme}://${config['host'] as string}` };
  },
  duckdb: ({ attached }) => ({ attachedDatabases: (attached as Values[]).map(writeAttachment) }),
};

export function toWire({ name, dialect, support, config, options }: Draft): Record<string, unknown> {
  const block = `${support.word}Connection`;
  const written = writeFields(support.dialect.fields, support.fields, config, reveal);
  return {
    name,
    type: support.word,
    // The block must be there even when nothing is in it.
    [block]: { ...(written[block] as Values | undefined), ...DERIVED[dialect]?.(config) },
    ...writeFields(credibleOptions, credibleOptionsWire, options, reveal),
  };
}
