// Writes a draft as the body of a box.
import type { Draft } from '../../../src/domain/connection.ts';
import type { Secret } from '../../../src/secrets/secret.ts';
import { writeFields } from '../../../src/vendors/write-fields.ts';
import { toyOptions, toyOptionsWire } from './fields.ts';

const reveal = (secret: Secret): string => secret.reveal();

export const toWire = ({ name, support, config, options }: Draft): Record<string, unknown> => ({
  name,
  kind: support.vendorDialect,
  ...writeFields(support.dialect.fields, support.fields, config, reveal),
  ...writeFields(toyOptions, toyOptionsWire, options, reveal),
});
