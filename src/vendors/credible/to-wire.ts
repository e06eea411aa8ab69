// A draft as Credible's Connection: name, type and that type's block. One of the places where a caller's secret is revealed.
import type { Draft } from '../../domain/connection.ts';
import type { Secret } from '../../domain/secret.ts';
import type { DialectSupport } from '../../domain/vendor.ts';
import { writeFields } from '../wire-fields.ts';
import { credibleOptions, credibleOptionsWire } from './fields.ts';

const reveal = (secret: Secret): string => secret.reveal();

export const toWire = ({ name, config, options }: Draft, support: DialectSupport): Record<string, unknown> => ({
  name,
  type: support.word,
  // The block must be there even when nothing is in it.
  [`${support.word}Connection`]: {},
  ...writeFields(support.dialect.fields, support.fields, config, reveal),
  ...writeFields(credibleOptions, credibleOptionsWire, options, reveal),
});
