// An OpenAPI description of the upstream's Looker, made from its own rows. Hive Gateway's OpenAPI handler reads it.
import { lookerRow } from '../../rows.mjs';

function schemaOf(value) {
  if (Array.isArray(value)) return { type: 'array', items: value.length > 0 ? schemaOf(value[0]) : { type: 'string' } };
  if (typeof value === 'boolean') return { type: 'boolean', nullable: true };
  if (typeof value === 'number') return { type: 'integer', nullable: true };
  if (typeof value !== 'object' || value === null) return { type: 'string', nullable: true };
  return {
    type: 'object',
    properties: Object.fromEntries(Object.entries(value).map(([key, field]) => [key, schemaOf(field)])),
  };
}

const parameter = (name) => ({ name, in: 'path', required: true, schema: { type: 'string' } });
const json = (schema) => ({ 'application/json': { schema } });
const answer = (schema) => ({ 200: { description: 'Success', content: json(schema) } });

export function openApi() {
  const connection = { $ref: '#/components/schemas/DBConnection' };
  const place = [parameter('rows'), parameter('instance')];
  return {
    openapi: '3.0.3',
    info: { title: 'Looker-shaped upstream', version: '1' },
    paths: {
      '/looker/{rows}/{instance}/api/4.0/connections': {
        get: {
          operationId: 'all_connections',
          parameters: place,
          responses: answer({ type: 'array', items: connection }),
        },
        post: {
          operationId: 'create_connection',
          parameters: place,
          requestBody: { content: json({ $ref: '#/components/schemas/WriteConnection' }) },
          responses: answer(connection),
        },
      },
      '/looker/{rows}/{instance}/api/4.0/connections/{name}': {
        get: {
          operationId: 'one_connection',
          parameters: [...place, parameter('name')],
          responses: answer(connection),
        },
      },
    },
    components: {
      schemas: {
        DBConnection: schemaOf(lookerRow(0)),
        WriteConnection: {
          type: 'object',
          properties: Object.fromEntries(
            ['name', 'dialect_name', 'host', 'port', 'database', 'username', 'password'].map((key) => [
              key,
              { type: 'string' },
            ]),
          ),
        },
      },
    },
  };
}
