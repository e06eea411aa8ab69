// The dialects of the toy vendor: the toy dialect, one that other vendors support too, and a read-only one.
import { other } from '../../../src/dialects/other.ts';
import { postgres } from '../../../src/dialects/postgres.ts';
import type { DialectSupport } from '../../../src/domain/dialect-support.ts';
import { duckling } from '../toy-dialect.ts';

export const toyDialects: Readonly<Record<string, DialectSupport>> = {
  duckling: {
    dialect: duckling,
    vendorDialect: 'duck',
    fields: { path: 'file.place', mood: 'file.mood', token: 'file.token' },
    required: [['path', 'token']],
  },
  postgres: {
    dialect: postgres,
    vendorDialect: 'elephant',
    fields: { host: 'address', port: { wire: 'gate', as: 'text' } },
    required: [['host']],
    advice: { password: 'elephants need none.' },
  },
  other: { dialect: other, vendorDialect: null, readOnly: true, fields: {}, required: [] },
};
