// What Looker returns of a stored connection, with a selection of fields. It returns no secret.
import { dialects, dialectTests, overrideFields, plainFields } from './data.ts';
import type { StoredConnection, StoredOverride } from './data.ts';
import { isObject, isUnset, type Json } from './rules.ts';

function showOverride({ fields, secrets }: StoredOverride): Json {
  const keys = overrideFields.flatMap((key) => [
    [key, fields[key] ?? null],
    [`pdt_${key}`, fields[key] ?? null],
  ]);
  const pdt_service_name = fields.pdt_service_name ?? null;
  return { context: 'pdt', ...Object.fromEntries(keys), pdt_service_name, has_password: !isUnset(secrets.password) };
}

function showDialect(name: string): Json {
  const { label, severalDatabases = false, costEstimate = false, noDerivedTables = false } = dialects.get(name) ?? {};
  return {
    name,
    label,
    supports_cost_estimate: costEstimate,
    cost_estimate_style: costEstimate ? 'standard' : null,
    persistent_table_indexes: '',
    persistent_table_sortkeys: '',
    persistent_table_distkey: '',
    supports_streaming: true,
    automatically_run_sql_runner_snippets: true,
    connection_tests: dialectTests(name),
    supports_inducer: false,
    supports_multiple_databases: severalDatabases,
    supports_persistent_derived_tables: !noDerivedTables,
    has_ssl_support: true,
  };
}

const unsetFields = Object.fromEntries(Object.entries(plainFields).map(([key, { unset }]) => [key, unset]));
const readRights = 'index index_limited show explore access_data run_sql_queries refresh_schemas cost_estimate create';

export function showConnection(stored: StoredConnection): Json {
  const { name, dialectName, fields, secrets, override, snippets = [], upkeep } = stored;
  const changeable = upkeep.managed !== true;
  const rights = readRights.split(' ').map((right) => [right, true]);
  const isBigQuery = dialectName.startsWith('bigquery');
  return {
    can: { ...Object.fromEntries(rights), test: changeable, update: changeable, destroy: changeable },
    name,
    dialect: showDialect(dialectName),
    dialect_name: dialectName,
    snippets,
    ...unsetFields,
    ...fields,
    pdts_enabled: !isUnset(fields.tmp_db_name),
    named_driver_version_actual: null,
    has_password: !isUnset(secrets.password),
    uses_oauth: !isUnset(fields.oauth_application_id),
    uses_instance_oauth: false,
    uses_service_auth: isBigQuery && !isUnset(secrets.certificate),
    supports_data_studio_link: isBigQuery,
    created_at: upkeep.created_at ?? '',
    user_id: '1',
    example: upkeep.example ?? false,
    last_regen_at: upkeep.last_regen_at ?? '',
    last_reap_at: upkeep.last_reap_at ?? '',
    pdt_context_override: override === undefined ? null : showOverride(override),
    managed: upkeep.managed ?? false,
    default_bq_connection: false,
    p4sa_name: null,
  };
}

/** Returns the fields that a text such as `name,dialect(label)` selects, or undefined if it is invalid. Unknown names are ignored. */
function project(whole: Json, fields: string): Json | undefined {
  const selected: Record<string, unknown> = {};
  for (const part of fields.split(/,(?![^()]*\))/)) {
    const [, key, nested] = /^\s*(\w+)(?:\(([^()]*)\))?\s*$/.exec(part) ?? [];
    if (key === undefined) return undefined;
    if (!Object.hasOwn(whole, key)) continue;
    const value = whole[key];
    selected[key] = nested !== undefined && isObject(value) ? project(value, nested) : value;
  }
  return selected;
}

/**
 * Returns connections with the fields that the `fields` parameter of the URL selects; with all fields when there is no parameter.
 * Returns undefined when the parameter is malformed.
 */
export function showChosen(stored: readonly StoredConnection[], query: URLSearchParams): readonly Json[] | undefined {
  const fields = query.get('fields') ?? '';
  const whole = stored.map(showConnection);
  if (fields === '') return whole;
  const chosen = whole.map((connection) => project(connection, fields));
  return chosen.every((connection) => connection !== undefined) ? chosen : undefined;
}
