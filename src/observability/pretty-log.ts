// Lines of the log for people in a terminal: the time, the level, the event, and its fields.

const LEVELS: Readonly<Record<number, string>> = { 20: 'DEBUG', 30: 'INFO', 40: 'WARN', 50: 'ERROR' };

/** Returns a value as text. Texts with anything but plain characters are quoted, so that none can change the terminal. */
const toText = (value: unknown): string =>
  typeof value === 'string' && /^[\w.:@/+-]+$/.test(value) ? value : JSON.stringify(value);

/**
 * Returns a line for people.
 * @param line a line of the log as JSON, with its newline.
 */
export function toPrettyLine(line: string): string {
  const { level, time, msg, ...fields } = JSON.parse(line) as Readonly<Record<string, unknown>>;
  const texts = Object.entries(fields).map(([name, value]) => `${name}=${toText(value)}`);
  return `${[String(time).slice(11, 23), (LEVELS[Number(level)] ?? '').padEnd(5), String(msg), ...texts].join(' ')}\n`;
}
