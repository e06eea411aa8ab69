// A reload keeps what callers did in this minute, and applies the new limits to it.
import { expect, it } from 'vitest';
import { parseConfig, vendors } from '../../src/gateway.ts';
import { authOf, startGuarded } from '../authorization/tokens.ts';

const TOKENS = [{ name: 'reader', scopes: ['connections:read'] }];

it('a reload does not forget how many requests a caller sent, and a new limit applies at once', async () => {
  const { test, askAs } = await startGuarded(TOKENS, { limits: { perMinute: { requests: 3 } } });
  const reloadWith = async (requests: number) =>
    test.gateway.reload(
      parseConfig(
        { auth: authOf(TOKENS), limits: { perMinute: { requests } }, instances: test.sandbox.instances },
        { vendors, environment: {} },
      ),
    );
  const status = async () => (await askAs('reader', '{ __typename }')).status;
  expect([await status(), await status()]).toEqual([200, 200]);
  await reloadWith(3);
  expect([await status(), await status()]).toEqual([200, 429]);
  await reloadWith(4);
  expect([await status(), await status()]).toEqual([200, 429]);
  await test.close();
});
