// Parses the key `console`. The documents of the console name types of the schema, and no manifest has them. So the console cannot be
// served with a prefix of type names or with trusted documents alone.
import * as z from 'zod';
import { consoleSchema } from './config-schema.ts';
import { parseSection, resolveSection, type ParseContext } from './parse-section.ts';

const sectionSchema = z.strictObject({ console: consoleSchema.optional() });

/** Whether the console is served, and whether it offers changes. */
export type ConsoleMode = z.output<typeof consoleSchema>;

/** What other settings decide about the console. */
interface Surroundings {
  /** Whether only the documents of a manifest are executed. */
  readonly trustedOnly: boolean;
  readonly typePrefix: string | undefined;
}

/** Returns why the console cannot be served; null when it can. */
function obstacleTo({ trustedOnly, typePrefix }: Surroundings): string | null {
  if (trustedOnly) return 'is refused by `documents: trusted`, because no manifest has the documents of the console';
  return typePrefix === undefined
    ? null
    : 'does not work with `federation.typePrefix`, because it names types of the schema';
}

/** Returns what the console offers. Problems are reported to the context. */
export function parseConsole(raw: unknown, surroundings: Surroundings, reading: ParseContext): ConsoleMode {
  const filled = resolveSection(sectionSchema, { console: raw ?? undefined }, [], reading);
  const parsed = parseSection(sectionSchema, filled, [], reading)?.console;
  const obstacle = obstacleTo(surroundings);
  if (parsed && parsed !== 'off' && obstacle) reading.problems.push(`console: ${obstacle}`);
  if (parsed) return parsed;
  return obstacle || reading.environment['NODE_ENV'] === 'production' ? 'off' : 'full';
}
