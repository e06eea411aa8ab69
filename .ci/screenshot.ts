// Takes the picture of GraphiQL in the README: starts the sandbox and a gateway, runs a query in Chromium, writes docs/graphiql.png.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chromium } from 'playwright-core';
import { createGateway, parseConfig, vendors } from '../src/gateway.ts';
import { createLog } from '../src/observability/log.ts';
import { startSandbox } from '../src/sandbox/index.ts';

const QUERY = `# Every connection to a Snowflake or Postgres database, at every vendor.
{
  connections(first: 8, filter: { dialect: [SNOWFLAKE, POSTGRES] }) {
    totalCount
    isComplete
    nodes {
      name
      vendor
      dialect
      host
      database
      username
    }
    sources {
      instance { key }
      count
    }
  }
}
`;

const sandbox = await startSandbox(0);
const config = parseConfig({ server: { graphiql: true }, instances: sandbox.instances }, { vendors, environment: {} });
const gateway = await createGateway(config, { logger: createLog({ write: () => {} }) });
const server = createServer((request, response) => gateway.handle(request, response));
await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 760 }, deviceScaleFactor: 1.5 });
  const { port } = server.address() as AddressInfo;
  await page.goto(`http://127.0.0.1:${port}/graphql?query=${encodeURIComponent(QUERY)}`);
  await page.click('.graphiql-execute-button');
  await page.waitForSelector('.result-window :text("totalCount")');
  await page.waitForTimeout(1000);
  await page.screenshot({ path: 'docs/graphiql.png' });
} finally {
  await browser.close();
  server.closeAllConnections();
  server.close();
  await sandbox.close();
}
process.exit(0);
