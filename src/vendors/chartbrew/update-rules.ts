// What can be changed of a connection at Chartbrew: everything. Only some fields can be cleared.
import type { Connection } from '../../domain/connection.ts';
import type { Values } from '../../fields/values-by-key.ts';
import type { UpdateRules } from '../../domain/vendor.ts';
import { chartbrewDialects } from './dialects.ts';
import { chartbrewOptions, chartbrewOptionsWire } from './fields.ts';
import { impliedMode } from './tls/tls-modes.ts';

/** Wire names that Chartbrew clears. It ignores null and "" in all others, and files can only be replaced. */
const CLEARABLE = /^(connectionString|options|authentication(\..+)?|project_ids)$/;

/**
 * Returns the empty list of headers that an update must write along with a sign-in. While the list of headers is null,
 * Chartbrew sends no token.
 */
function impliedHeaders(provided: Values, current: Values): Values {
  const { headers, authentication } = provided;
  if (current['headers'] !== null) return {};
  const isEmptied = Array.isArray(headers) && headers.length === 0;
  const signsIn = authentication !== undefined && authentication !== null;
  return isEmptied || (signsIn && (headers === undefined || headers === null)) ? { headers: [] } : {};
}

function implies({ dialect, config }: Connection, provided: Values): Values {
  const tls = provided['tls'] as Values | null | undefined;
  if (dialect === 'api') return impliedHeaders(provided, config);
  if (!tls || !('tls.mode' in (chartbrewDialects[dialect]?.fields ?? {}))) return {};
  return impliedMode(tls, (config['tls'] ?? {}) as Values);
}

export const updateRules: UpdateRules = {
  canRename: true,
  options: chartbrewOptions,
  optionsWire: chartbrewOptionsWire,
  canChange: () => true,
  canClear: (wire) => CLEARABLE.test(wire),
  replacesAll: false,
  impliedConfig: implies,
};
