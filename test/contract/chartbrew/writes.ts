// Runs a create or an update at the Chartbrew sandbox. Returns its issues, the written bodies and its warnings as short texts.
import { create } from '../../support/create-connection.ts';
import type { TestGateway } from '../../support/gateway.ts';
import { createForUpdate, runMutation, recordSent } from '../../support/mutations.ts';

export type Values = Readonly<Record<string, unknown>>;

/** `config` by dialect, and the options of Chartbrew. */
export interface Settings {
  readonly config?: Values;
  readonly options?: Values;
}

export interface Outcome {
  /** The issues as `path CODE` without `input`, in alphabetical order. */
  readonly issues: readonly string[];
  readonly warnings: readonly string[];
  /** All bodies that were written: JSON, or the parts of an upload. */
  readonly bodies: readonly Values[];
}

interface ReportedProblem {
  readonly path: readonly string[];
  readonly code: string;
}

const linesOf = (problems: readonly ReportedProblem[] = []): string[] =>
  problems.map(({ path, code }) => `${path.slice(1).join('.')} ${code}`).toSorted();

const inputOf = ({ config, options }: Settings): Values => ({
  ...(config && { config }),
  ...(options && { options: { chartbrew: options } }),
});

const outcomeOf = (
  { issues, warnings }: { issues?: readonly ReportedProblem[]; warnings?: readonly ReportedProblem[] },
  sent: readonly (readonly [string, ...Values[]])[],
): Outcome => ({
  issues: linesOf(issues),
  warnings: linesOf(warnings),
  bodies: sent.map(([, body = {}]) => body),
});

export async function createAndRecord(gateway: TestGateway, settings: Settings): Promise<Outcome> {
  const input = { instance: 'chartbrew', name: 'one', config: {}, ...inputOf(settings) };
  const { result, sent } = await recordSent(gateway, 'chartbrew', async () => (await create(gateway, input)).result);
  return outcomeOf(result, sent);
}

/** Creates a connection with the settings `first`, then updates it. */
export async function createThenUpdate(gateway: TestGateway, first: Settings, change: Settings): Promise<Outcome> {
  const { id } = await createForUpdate(gateway, { instance: 'chartbrew', name: 'one', config: {}, ...inputOf(first) });
  return updateAndRecord(gateway, id, change);
}

export async function updateAndRecord(gateway: TestGateway, id: string, change: Settings): Promise<Outcome> {
  const input = { id, ...inputOf(change) };
  const { result, sent } = await recordSent(gateway, 'chartbrew', () =>
    runMutation(gateway, 'updateConnection', input),
  );
  return outcomeOf(result, sent);
}
