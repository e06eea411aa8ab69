// Brings the figures into tables, a JSON file and an SVG chart.
import { median, rangeOf } from './statistics.mjs';

/** Returns the figures of one workload: by peer, the median and the range over the rounds. */
export function summarize(figures) {
  const groups = Map.groupBy?.(figures, ({ workload, peer }) => `${workload}\n${peer}`) ?? groupBy(figures);
  return [...groups.values()].map((group) => {
    const [{ workload, peer }] = group;
    const keys = Object.keys(group[0]).filter((key) => typeof group[0][key] === 'number' && key !== 'round');
    return {
      workload,
      peer,
      ...Object.fromEntries(
        keys.map((key) => {
          const values = group.map((figure) => figure[key]);
          return [key, { median: median(values), range: rangeOf(values) }];
        }),
      ),
    };
  });
}

function groupBy(figures) {
  const groups = new Map();
  for (const figure of figures) {
    const key = `${figure.workload}\n${figure.peer}`;
    groups.set(key, [...(groups.get(key) ?? []), figure]);
  }
  return groups;
}

const round = (value) => (value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2));

const HEADINGS = {
  rps: 'requests/s',
  p50: 'p50 ms',
  p99: 'p99 ms',
  cpuPerRequest: 'CPU ms/request',
  ms: 'ms',
  calls: 'calls',
  peakMb: 'peak MB',
  idleMb: 'idle MB',
};

const cell = (figure) =>
  figure ? `${round(figure.median)} (${round(figure.range[0])}–${round(figure.range[1])})` : '';

/** Returns one Markdown table for each workload. */
export function tables(summary) {
  const workloads = [...new Set(summary.map(({ workload }) => workload))];
  return workloads
    .map((workload) => {
      const rows = summary.filter((row) => row.workload === workload);
      const columns = Object.keys(HEADINGS).filter((key) => rows.some((row) => row[key]));
      return [
        `### ${workload}`,
        '',
        `| | ${columns.map((key) => HEADINGS[key]).join(' | ')} |`,
        `| --- |${' --- |'.repeat(columns.length)}`,
        ...rows.map((row) => `| ${row.peer} | ${columns.map((key) => cell(row[key])).join(' | ')} |`),
        '',
      ].join('\n');
    })
    .join('\n');
}

/** Returns an SVG chart of the requests per second of one workload. */
export function chart(summary, workload) {
  const rows = summary.filter((row) => row.workload === workload).toSorted((a, b) => b.rps.median - a.rps.median);
  const widest = Math.max(...rows.map((row) => row.rps.median));
  const bars = rows.map((row, index) => {
    const y = 52 + index * 34;
    const width = (row.rps.median / widest) * 420;
    const fill = row.peer === 'Patchbay' ? '#d6249f' : '#8a94a6';
    return `<text x="150" y="${y + 16}" text-anchor="end">${row.peer}</text><rect x="160" y="${y}" width="${width.toFixed(1)}" height="22" rx="3" fill="${fill}"/><text x="${(168 + width).toFixed(1)}" y="${y + 16}">${row.rps.median.toFixed(0)}</text>`;
  });
  const height = 64 + rows.length * 34;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 660 ${height}" width="660" height="${height}" font-family="system-ui, sans-serif" font-size="14" fill="#1f2430"><rect width="660" height="${height}" fill="#ffffff"/><text x="20" y="30" font-size="16" font-weight="600">Requests per second: list of 100 connections, 50 clients</text>${bars.join('')}</svg>\n`;
}
