// The console over an instance with 2,000 connections.
import type { TestGatewayOptions } from '../support/gateway.ts';
import { startVendorServer } from '../support/journal.ts';
import { vendorWithRows } from '../support/stub-rows.ts';
import { openConsole, type OpenConsole } from './open-console.ts';

export const LARGE_COUNT = 2000;

const rowOf = (index: number) => ({
  name: `warehouse_${String(index).padStart(4, '0')}`,
  dialect_name: index % 2 === 0 ? 'postgres' : 'mysql',
  host: `db-${index % 50}.example.com`,
  port: '5432',
  database: `d${index % 7}`,
  username: 'reader',
  created_at: '2026-01-02T03:04:05Z',
});

/** Opens the console of a gateway with one instance of Looker that has 2,000 connections to 50 servers. */
export async function openLargeList(): Promise<OpenConsole> {
  const rows = Array.from({ length: LARGE_COUNT }, (_, index) => rowOf(index));
  const vendor = await startVendorServer(() => vendorWithRows('looker', rows));
  const instances: TestGatewayOptions['instances'] = (sandbox) =>
    sandbox
      .filter((instance) => instance.vendor === 'looker')
      .map((instance) => ({ ...instance, baseUrl: `${vendor.origin}/api/4.0` }));
  const opened = await openConsole({ instances });
  return {
    ...opened,
    close: async () => {
      await opened.close();
      await vendor.close();
    },
  };
}
