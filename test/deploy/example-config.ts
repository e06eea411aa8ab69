// Reads the configurations of examples/deploy.
import { parseConfig, vendors, type GatewayConfig } from '../../src/gateway.ts';

const REFERENCE = /\$\{file:([^}]+)\}/g;

/** Returns the files that a configuration names as `${file:path}`. */
export const referencesIn = (text: string): string[] => Array.from(text.matchAll(REFERENCE), ([, path = '']) => path);

/** Returns the configuration of a document. Values of an environment stand for the files, which exist only in a container. */
export function parseExample(document: unknown): GatewayConfig {
  const text = JSON.stringify(document).replace(REFERENCE, '${MADE_UP_SECRET}');
  const environment = { MADE_UP_SECRET: 'bWFkZS11cC1zZWNyZXQtb2YtdGhpcnR5LXR3by1ieXRlcw==', NODE_ENV: 'production' };
  return parseConfig(JSON.parse(text), { vendors, environment });
}
