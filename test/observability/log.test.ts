// The log: its levels and its formats.
import { describe, expect, it } from 'vitest';
import { createLog, type LogOptions } from '../../src/observability/log.ts';

function linesOf(options: LogOptions): string[] {
  const lines: string[] = [];
  const log = createLog({ write: (line) => void lines.push(line) }, options);
  log.debug?.('request', { requestId: 'r1' });
  log.info('ready');
  log.audit({ requestId: 'r1', mutation: 'deleteConnection' });
  log.error('vendor failed', { instance: 'omni', vendorStatus: 500 });
  return lines;
}

const eventsAt = (level: NonNullable<LogOptions['level']>): unknown[] =>
  linesOf({ level }).map((line) => (JSON.parse(line) as { readonly msg: unknown }).msg);

describe('the log', () => {
  it('each level has its lines, and the audit is written at all of them', () => {
    expect(eventsAt('debug')).toEqual(['request', 'ready', 'audit', 'vendor failed']);
    expect(eventsAt('info')).toEqual(['ready', 'audit', 'vendor failed']);
    expect(eventsAt('warn')).toEqual(['audit', 'vendor failed']);
    expect(eventsAt('error')).toEqual(['audit', 'vendor failed']);
  });

  it('lines for people have the time, the level, the event and the fields', () => {
    const lines = linesOf({ format: 'pretty' }).map((line) => line.replace(/^\d\d:\d\d:\d\d\.\d{3}/, 'TIME'));
    expect(lines).toEqual([
      'TIME INFO  ready\n',
      'TIME INFO  audit requestId=r1 mutation=deleteConnection\n',
      'TIME ERROR vendor failed instance=omni vendorStatus=500\n',
    ]);
  });

  it('lines for people quote texts that could change the terminal', () => {
    const lines: string[] = [];
    const log = createLog({ write: (line) => void lines.push(line) }, { format: 'pretty' });
    log.info('x', { caller: '\u001b[31mred\nnext' });
    expect(lines[0]).toMatch(/ x caller="\\u001b\[31mred\\nnext"\n$/);
  });

  it('the format auto is JSON where the output is no terminal', () => {
    expect(linesOf({ format: 'auto' })[0]).toMatch(/^\{"level":30,/);
  });
});
