// A vendor that a test writes line by line, for answers that no sandbox gives, and a gateway that asks it.
import type { SandboxVendor } from '../../src/sandbox/server.ts';
import { startVendorServer } from './journal.ts';
import { startTestGateway, type TestGateway, type TestGatewayOptions, type VendorName } from './gateway.ts';

export interface StubbedGateway {
  readonly gateway: TestGateway;
  /** Of the played vendor. */
  readonly origin: string;
  readonly close: () => Promise<void>;
}

/**
 * A gateway whose instance of one vendor leads to a server of the test's own.
 * @param answer called once for each request that reaches it.
 * @param settings changes that instance further.
 * @param options of the gateway, such as its clock.
 */
export async function startStubbedGateway(
  vendor: VendorName,
  answer: SandboxVendor,
  settings: Readonly<Record<string, unknown>> = {},
  options: Omit<TestGatewayOptions, 'instances'> = {},
): Promise<StubbedGateway> {
  const server = await startVendorServer(() => answer);
  const gateway = await startTestGateway({
    ...options,
    instances: (sandbox) =>
      sandbox.map((one) =>
        one.vendor === vendor
          ? { ...one, baseUrl: server.origin + new URL(one.baseUrl).pathname.replace(/\/$/, ''), ...settings }
          : one,
      ),
  });
  return {
    gateway,
    origin: server.origin,
    close: async () => {
      await gateway.close();
      await server.close();
    },
  };
}
