// Parses the Retry-After header of a vendor's answer.

const HOUR_MS = 3_600_000;

/** Returns the wait that a Retry-After header asks for, in milliseconds: at most an hour, null when absent or malformed. */
export function parseRetryAfter(value: string | string[] | undefined, now = Date.now()): number | null {
  const text = [value].flat()[0]?.trim() ?? '';
  if (text === '') return null;
  const wait = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now;
  return Number.isFinite(wait) && /^[\d A-Za-z,:]+$/.test(text) ? Math.min(Math.max(wait, 0), HOUR_MS) : null;
}
