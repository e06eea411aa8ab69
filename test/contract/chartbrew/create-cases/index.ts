// The create cases of Chartbrew, and its issues for an empty input and for an input with every field.
import type { CreateCase, VendorRules } from '../../create-case.ts';
import { chartbrewSourceCreateCases } from './sources.ts';
import { chartbrewSqlCreateCases } from './sql.ts';

export const chartbrewCreateCases: readonly CreateCase[] = [...chartbrewSqlCreateCases, ...chartbrewSourceCreateCases];

const TLS = ['tls.ca', 'tls.certificate', 'tls.enabled', 'tls.key', 'tls.mode', 'tls.verify'];

export const chartbrewRules: VendorRules = {
  postgres: { missing: ['host', 'database', 'username'], refused: ['schema'] },
  mysql: { missing: ['host', 'database', 'username'], refused: ['schema'] },
  clickhouse: {
    missing: ['host', 'database', 'username'],
    refused: ['schema', 'tls.ca', 'tls.certificate', 'tls.key', 'tls.mode'],
  },
  mongodb: { missing: ['host', 'database'], refused: TLS },
  api: { missing: ['baseUrl'], refused: [] },
  realtimeDb: { missing: ['serviceAccountKey'], refused: [] },
  firestore: { missing: ['serviceAccountKey'], refused: [] },
  googleAnalytics: { missing: ['oauthId'], refused: [] },
  customerIo: { missing: ['region', 'apiKey'], refused: [] },
};
