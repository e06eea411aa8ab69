// A gateway with a stub vendor, for answers that the sandbox does not give.
import type { SandboxVendor } from '../../src/sandbox/server.ts';
import { startVendorServer } from './journal.ts';
import { startTestGateway, type TestGateway, type TestGatewayOptions, type VendorName } from './gateway.ts';

export interface StubbedGateway {
  readonly gateway: TestGateway;
  /** The origin of the stub vendor. */
  readonly origin: string;
  readonly close: () => Promise<void>;
}

/**
 * Starts a gateway whose instance of one vendor leads to a stub server.
 * @param answer answers each request to the stub.
 * @param settings further settings of that instance.
 * @param options options of the gateway, such as its clock.
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
      sandbox.map((instance) =>
        instance.vendor === vendor
          ? { ...instance, baseUrl: server.origin + new URL(instance.baseUrl).pathname.replace(/\/$/, ''), ...settings }
          : instance,
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
