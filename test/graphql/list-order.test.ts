// The order of a list: by each field in both directions, ignoring case, missing values last, ids as tiebreaker.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestGateway } from '../support/gateway.ts';
import { startWatchedGateway } from '../support/watched-gateway.ts';

// Rows with equal names, dialects or databases, with names that differ in case only, and with missing values.
const SORT = `query ($orderBy: ConnectionOrder) {
  connections(
    orderBy: $orderBy
    filter: { name: { in: ["clickstream", "erp", "ledger", "peaka_trino", "shop", "shop_mysql"] } }
  ) {
    nodes { name instance { key } }
  }
}`;

const [CLICKS_LOOKER, CLICKS_OMNI, CLICKS_CHARTBREW] = [
  'looker: clickstream',
  'omni: Clickstream',
  'chartbrew: Clickstream',
] as const;
const [ERP_LOOKER, ERP_OMNI, LEDGER_LOOKER, LEDGER_CHARTBREW] = [
  'looker: erp',
  'omni: ERP',
  'looker: ledger',
  'chartbrew: Ledger',
] as const;
const [PEAKA, SHOP_CHARTBREW, SHOP_CREDIBLE] = [
  'credible: peaka_trino',
  'chartbrew: Shop',
  'credible: shop_mysql',
] as const;

const CLICKS = [CLICKS_CHARTBREW, CLICKS_LOOKER, CLICKS_OMNI];
const ERPS = [ERP_LOOKER, ERP_OMNI];
const LEDGERS = [LEDGER_CHARTBREW, LEDGER_LOOKER];
const SHOPS = [SHOP_CHARTBREW, SHOP_CREDIBLE];
const ATHENAS = [CLICKS_LOOKER, CLICKS_OMNI];
const BY_NAME = [...CLICKS, ...ERPS, ...LEDGERS, PEAKA, ...SHOPS];
const OF_LOOKER = [CLICKS_LOOKER, ERP_LOOKER, LEDGER_LOOKER];
// Ids are compared as texts: 140 comes before 16.
const OF_CHARTBREW = [CLICKS_CHARTBREW, SHOP_CHARTBREW, LEDGER_CHARTBREW];
const OF_CREDIBLE = [PEAKA, SHOP_CREDIBLE];
const OF_OMNI = [CLICKS_OMNI, ERP_OMNI];
const UNTIMED = [PEAKA, SHOP_CREDIBLE, LEDGER_LOOKER];
const TIMED = [
  ERP_LOOKER, // 2022-01-03
  CLICKS_LOOKER, // 2023-04-01
  CLICKS_OMNI, // 2024-11-19
  ERP_OMNI, // 2025-01-07
  CLICKS_CHARTBREW, // 2025-10-12
  SHOP_CHARTBREW, // 2025-11-02
  LEDGER_CHARTBREW, // 2025-11-20
];

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startWatchedGateway();
});
afterAll(() => gateway.close());

async function sort(orderBy: unknown): Promise<string[]> {
  const { data } = await gateway.ask(SORT, { orderBy });
  return data.connections.nodes.map(
    ({ name, instance }: { name: string; instance: { key: string } }) => `${instance.key}: ${name}`,
  );
}

describe('the order of a list', () => {
  it.each([
    ['NAME', 'ASC', BY_NAME],
    ['NAME', 'DESC', [SHOP_CREDIBLE, SHOP_CHARTBREW, PEAKA, ...LEDGERS, ...ERPS, ...CLICKS]],
    // ATHENA, CLICKHOUSE, MSSQL, MYSQL, ORACLE, POSTGRES, TRINO.
    ['DIALECT', 'ASC', [...ATHENAS, CLICKS_CHARTBREW, ...ERPS, ...SHOPS, LEDGER_LOOKER, LEDGER_CHARTBREW, PEAKA]],
    ['DIALECT', 'DESC', [PEAKA, LEDGER_CHARTBREW, LEDGER_LOOKER, ...SHOPS, ...ERPS, CLICKS_CHARTBREW, ...ATHENAS]],
    ['VENDOR', 'ASC', [...OF_CHARTBREW, ...OF_CREDIBLE, ...OF_LOOKER, ...OF_OMNI]],
    ['VENDOR', 'DESC', [...OF_OMNI, ...OF_LOOKER, ...OF_CREDIBLE, ...OF_CHARTBREW]],
    // AwsDataCatalog, clickstream, crm, default, ERP, ledger, shop; one has none.
    [
      'DATABASE',
      'ASC',
      [CLICKS_OMNI, CLICKS_LOOKER, PEAKA, CLICKS_CHARTBREW, ...ERPS, LEDGER_CHARTBREW, ...SHOPS, LEDGER_LOOKER],
    ],
    [
      'DATABASE',
      'DESC',
      [...SHOPS, LEDGER_CHARTBREW, ...ERPS, CLICKS_CHARTBREW, PEAKA, CLICKS_LOOKER, CLICKS_OMNI, LEDGER_LOOKER],
    ],
    ['CREATED_AT', 'ASC', [...TIMED, ...UNTIMED]],
    ['CREATED_AT', 'DESC', [...TIMED.toReversed(), ...UNTIMED]],
  ])('a list is sorted by %s %s', async (field, direction, expected) => {
    expect(await sort({ field, direction })).toEqual(expected);
  });

  it.each([undefined, null, { field: 'NAME' }])('a list with the order %j is sorted by name', async (order) => {
    expect(await sort(order)).toEqual(BY_NAME);
  });
});
