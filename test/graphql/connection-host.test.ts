// Connection.host, database and username report the server, the database and the user of a connection, whatever the dialect calls them.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway.close());

const LIST = '{ connections(first: 200) { nodes { vendor name host database username } } }';

type Row = readonly [
  vendor: string,
  name: string,
  host: string | null,
  database: string | null,
  username: string | null,
];

it.each<Row>([
  ['LOOKER', 'production_orders', 'orders-db.acme.example', 'orders', 'looker_reader'],
  ['LOOKER', 'finance_warehouse', 'acme-fin', 'FINANCE', 'LOOKER_SVC'],
  ['LOOKER', 'thelook', null, 'acme-thelook', 'looker@acme-thelook.iam.gserviceaccount.com'],
  ['OMNI', 'Web Analytics', null, 'acme-web-analytics', null],
  ['CREDIBLE', 'warehouse_snowflake', 'acme-eu_west_1', 'ANALYTICS', 'MALLOY_SVC'],
  ['CHARTBREW', 'Status page', 'status.acme.example', null, 'monitor'],
  ['CHARTBREW', 'App (Supabase)', null, null, null],
  ['CREDIBLE', 'shop_mysql', 'shop-db.acme.example', 'shop', 'shop_ro'],
])(
  'a connection at %s to %s reports host %s, database %s and username %s',
  async (vendor, name, host, database, username) => {
    const { data } = await gateway.ask(LIST);
    const rows = data.connections.nodes as readonly Record<string, unknown>[];
    expect(rows.find((row) => row['vendor'] === vendor && row['name'] === name)).toEqual({
      vendor,
      name,
      host,
      database,
      username,
    });
  },
);
