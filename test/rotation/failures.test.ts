// Rotations at two to four vendors of which one fails, at each position and in each way. Afterwards every connection has the new secret or the
// old one, or is reported as unknown, and the vendors have stored what the answer reports.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { everyNth } from '../support/exhaustive.ts';
import type { VendorName } from '../support/gateway.ts';
import { idOf, idsOf, passwordIn, rotate, SEEDS, type Outcome } from './rotate.ts';
import { startScriptedGateway, type Fault, type Role, type ScriptedGateway } from './scripted-vendors.ts';

const NEW = 'pw-secret-9';

interface Case {
  readonly name: string;
  readonly fault: (vendor: VendorName) => Fault;
  readonly status: 'REFUSED' | 'UNKNOWN';
  readonly result: string;
}

const says = (status: number, body: unknown, isDone = false): Fault => ({
  at: 'write',
  isDone,
  answer: { status, body },
});

/** Each vendor's answer to an invalid value. */
const INVALID: Readonly<Record<VendorName, Fault>> = {
  looker: says(422, {
    message: 'Validation Failed',
    errors: [{ field: 'password', code: 'invalid', message: 'refused', documentation_url: '' }],
    documentation_url: '',
  }),
  omni: says(400, { detail: 'passwordUnencrypted: Invalid', status: 400 }),
  credible: says(400, { code: 'INVALID_ARGUMENT', message: 'mysqlConnection.password is invalid' }),
  chartbrew: says(400, { error: 'invalid' }),
};

const silent = (answer: 'nothing' | 'a cut line', isDone: boolean) => (): Fault => ({ at: 'write', isDone, answer });

const CASES: readonly Case[] = [
  { name: 'a value that is refused', fault: (vendor) => INVALID[vendor], status: 'REFUSED', result: 'ValidationError' },
  { name: '401', fault: () => says(401, {}), status: 'REFUSED', result: 'VendorUnavailableError' },
  { name: '403', fault: () => says(403, {}), status: 'REFUSED', result: 'PermissionError' },
  { name: '404 in between', fault: () => says(404, {}), status: 'REFUSED', result: 'NotFoundError' },
  { name: '429', fault: () => says(429, {}), status: 'REFUSED', result: 'RateLimitedError' },
  { name: '500', fault: () => says(500, {}), status: 'UNKNOWN', result: 'OutcomeUnknownError' },
  { name: '500 that was done', fault: () => says(500, {}, true), status: 'UNKNOWN', result: 'OutcomeUnknownError' },
  { name: 'silence', fault: silent('nothing', false), status: 'UNKNOWN', result: 'OutcomeUnknownError' },
  { name: 'silence, but done', fault: silent('nothing', true), status: 'UNKNOWN', result: 'OutcomeUnknownError' },
  { name: 'a cut line', fault: silent('a cut line', false), status: 'UNKNOWN', result: 'OutcomeUnknownError' },
  { name: 'a cut line, but done', fault: silent('a cut line', true), status: 'UNKNOWN', result: 'OutcomeUnknownError' },
];

const LINE_UPS: readonly (readonly VendorName[])[] = [
  ['omni', 'looker'],
  ['credible', 'chartbrew', 'looker'],
  ['looker', 'omni', 'credible', 'chartbrew'],
];

interface Scene {
  readonly name: string;
  readonly roles: readonly Role[];
  readonly place: number;
  readonly fault: Fault;
  readonly expected: Case;
}

const scenes: readonly Scene[] = LINE_UPS.flatMap((vendors, lineUp) =>
  vendors.flatMap((failing, place) =>
    CASES.map((one, at): Scene => {
      const fault = one.fault(failing);
      const roles = vendors.map((vendor, index) => ({
        key: `s${lineUp}-${place}-${at}-${index}`,
        vendor,
        ...(index === place ? { fault } : {}),
      }));
      return { name: `${vendors.join(', ')}: ${failing} with ${one.name}`, roles, place, fault, expected: one };
    }),
  ),
);

const sample = everyNth(scenes, 4);

const summary = ({ status, result }: Outcome) => `${status} ${result?.__typename}`;

describe('a vendor that fails while a secret is rotated', () => {
  let scripted: ScriptedGateway;
  beforeAll(async () => {
    scripted = await startScriptedGateway(sample.flatMap(({ roles }) => roles));
  });
  afterAll(() => scripted.close());

  it('the cases have every failing vendor, position and failure', () => {
    expect(scenes).toHaveLength(99);
  });

  it.concurrent.each(sample.map((scene) => [scene.name, scene] as const))('%s', async (_name, scene) => {
    const { roles, place, fault, expected } = scene;
    const ids = roles.map(({ key, vendor }) => idOf(key, SEEDS[vendor].id));
    const { outcomes, remaining, unsearchable } = await rotate(scripted, { connections: { ids }, secret: NEW });

    expect(idsOf(outcomes)).toEqual(ids);
    expect(outcomes.map(summary)).toEqual(
      roles.map((_role, at) =>
        at === place ? `${expected.status} ${expected.result}` : 'DONE UpdateConnectionSuccess',
      ),
    );
    expect(idsOf(remaining)).toEqual(expected.status === 'REFUSED' ? [ids[place]] : []);
    expect(unsearchable).toEqual([]);
    const stored = await Promise.all(
      roles.map(async (role) => passwordIn(role.vendor, await scripted.stored(role, SEEDS[role.vendor].id))),
    );
    expect(stored).toEqual(roles.map(({ vendor }, at) => (at === place && !fault.isDone ? SEEDS[vendor].old : NEW)));
    const sent = roles.flatMap(({ key }) => scripted.receivedBy(key));
    expect(JSON.stringify(sent)).not.toMatch(/stored-|sandbox-secret/);
    // A write is never repeated, except at Looker after a 401, which means that the session has ended.
    const isNewSession = roles[place]?.vendor === 'looker' && expected.name === '401';
    expect(sent.filter(({ kind }) => kind === 'write')).toHaveLength(roles.length + (isNewSession ? 1 : 0));
  });
});
