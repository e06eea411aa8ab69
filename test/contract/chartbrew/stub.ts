// A stub Chartbrew with one connection, for answers that the sandbox does not give.
import { onTestFinished } from 'vitest';
import type { SandboxRequest, SandboxResponse } from '../../../src/sandbox/server.ts';
import { startStubbedGateway, type StubbedGateway } from '../../support/stub-vendor.ts';

/** The global id of that connection: base64url of `v1:c:chartbrew:31`. */
export const STUB_ID = 'djE6YzpjaGFydGJyZXc6MzE';

/** The row of that connection in Chartbrew's JSON, with secrets in clear. */
export const STUB_ROW = {
  id: 31,
  team_id: 7,
  name: 'one',
  type: 'postgres',
  subType: 'postgres',
  host: 'db.acme.example',
  port: '5432',
  dbName: 'orders',
  username: 'bi',
  password: 'pw-secret-9',
  connectionString: null,
  ssl: true,
  sslMode: 'verify-ca',
  sslCa: '.connectionFiles/6f1d2c3b4a5968778695a4b3c2d1e0ff',
  sslCert: null,
  sslKey: null,
  useSsh: true,
  sshHost: 'ssh.acme.example',
  sshUsername: 'hop',
  hasSshPassword: true,
  hasSshPassphrase: false,
  hasSshPrivateKey: false,
} as const;

type Answer = (request: SandboxRequest) => SandboxResponse | Promise<SandboxResponse>;

/**
 * Starts a gateway over this Chartbrew. It is closed when the test ends.
 * @param answers by `METHOD`, or by `METHOD` and the path below the connection (`POST files`). Default: the row.
 */
export async function startChartbrewStub(
  answers: Readonly<Record<string, SandboxResponse | Answer>>,
  settings: Readonly<Record<string, unknown>> = {},
): Promise<StubbedGateway> {
  const stubbed = await startStubbedGateway(
    'chartbrew',
    (request) => {
      const below = /\/(files|test|test\/files)$/.exec(request.path)?.[1];
      const answer = answers[below ? `${request.method} ${below}` : request.method];
      if (!answer) return { status: 200, body: STUB_ROW };
      return typeof answer === 'function' ? answer(request) : answer;
    },
    settings,
  );
  onTestFinished(() => stubbed.close());
  return stubbed;
}
