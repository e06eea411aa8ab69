// A list and a read by id return the same fields of each connection, at every vendor.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestGateway } from '../support/gateway.ts';
import { startWatchedGateway, VENDORS } from '../support/watched-gateway.ts';
import { listWhole, readWhole, type Row } from '../support/whole-connection.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startWatchedGateway();
});
afterAll(() => gateway.close());

describe('A read by id', () => {
  const notListed = { password: null, apiKey: null, discoveredSchema: null, oauthEmail: null };
  // Chartbrew's lists do not report the password, the discovered schema and the account of an OAuth grant.
  const asListed = ({ config, details, secrets, ...row }: Row) => ({
    ...row,
    config: { ...config, ...notListed },
    details: { ...details, ...notListed },
    secrets: secrets.map(({ path }) => path),
  });

  it.each(VENDORS)('a read by id returns the same fields as the list: %s', async (vendor) => {
    const listed = await listWhole(gateway, { instance: [vendor], includeDeleted: true });
    const read = await readWhole(
      gateway,
      listed.map(({ id }) => id),
    );
    expect(listed.length).toBeGreaterThanOrEqual(12);
    const comparable = (row: Row) => (vendor === 'chartbrew' ? asListed(row) : row);
    expect(read.map(comparable)).toEqual(listed.map(comparable));
  });
});
