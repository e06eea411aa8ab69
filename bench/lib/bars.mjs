// The bars: ratios within one run that Patchbay has to meet.

const figure = (summary, workload, peer, key) =>
  summary.find((row) => row.workload === workload && row.peer === peer)?.[key]?.median ?? Number.NaN;

const atLeast = (name, value, bar) => ({ name, value, bar: `≥ ${bar}`, isMet: value >= bar });
const atMost = (name, value, bar) => ({ name, value, bar: `≤ ${bar}`, isMet: value <= bar });

/** Returns each bar with its ratio, and whether it is met. A ratio that was not measured is left out. */
export function bars(summary, { w4, flood, peakMb = {} }) {
  const of = (workload, peer, key) => figure(summary, workload, peer, key);
  const many = 'W1 list, 50 clients';
  const one = 'W1 list, 1 client';
  const same = 'W2 one question, 50 clients';
  const rps = (workload, peer) => of(workload, 'Patchbay', 'rps') / of(workload, peer, 'rps');
  const added = (peer) => of(one, peer, 'p50') - of(one, 'direct REST', 'p50');
  const ratio = (workload, key, peer) => of(workload, 'Patchbay', key) / of(workload, peer, key);
  const all = 'W5 all 10,000';
  const rows = [
    atLeast('W1 throughput ÷ Hive Gateway', rps(many, 'Hive Gateway'), 1.8),
    atLeast('W1 throughput ÷ Yoga', rps(many, 'Yoga'), 1.2),
    atLeast('W1 throughput ÷ (Yoga + jit)', rps(many, 'Yoga + jit'), 0.85),
    atLeast('W1 throughput ÷ hand-written (stretch)', rps(many, 'hand-written'), 0.8),
    atMost('W1 added p50 ÷ Hive Gateway', added('Patchbay') / added('Hive Gateway'), 0.5),
    atMost('W1 added p50 ÷ (Yoga + jit)', added('Patchbay') / added('Yoga + jit'), 1.2),
    atLeast('W2 throughput ÷ Hive Gateway', rps(same, 'Hive Gateway'), 8),
    atMost('W3 calls', of('W3 calls', 'Patchbay', 'calls'), 1),
    atMost('W3 p50 ÷ Yoga', ratio('W3 50 ids', 'p50', 'Yoga'), 0.5),
    atMost('W3 p50 ÷ Hive Gateway', ratio('W3 50 ids', 'p50', 'Hive Gateway'), 0.15),
    atMost('W5 all rows ÷ Yoga', ratio(all, 'ms', 'Yoga'), 1),
    atMost('W5 all rows ÷ Hive Gateway', ratio(all, 'ms', 'Hive Gateway'), 0.4),
    atMost('W5 peak memory ÷ Hive Gateway', ratio(all, 'peakMb', 'Hive Gateway'), 0.65),
    atMost(
      'W5 page of 50: of 10,000 ÷ of 100',
      of('W5 page of 50 of 10,000', 'Patchbay', 'p50') / of('W5 page of 50 of 100', 'Patchbay', 'p50'),
      1.5,
    ),
    atMost('W6 POSTs', of('W6 calls', 'Patchbay', 'calls'), 1),
    atMost('W6 p50 ÷ Yoga', ratio('W6 create', 'p50', 'Yoga'), 1.1),
    atMost('W7 cold start ÷ Hive Gateway', ratio('W7 cold start', 'ms', 'Hive Gateway'), 0.35),
    atMost('W7 cold start ÷ Yoga', ratio('W7 cold start', 'ms', 'Yoga'), 1.6),
    atMost('W8 idle memory ÷ Hive Gateway', ratio('W7 cold start', 'idleMb', 'Hive Gateway'), 0.45),
    atMost('W8 peak memory ÷ Hive Gateway', peakMb['Patchbay'] / peakMb['Hive Gateway'], 0.6),
  ];
  for (const name of ['Patchbay, tokens', 'Patchbay, JWT']) {
    for (const [workload, title] of [
      [many, 'W1'],
      [same, 'W2'],
    ]) {
      rows.push(
        atLeast(
          `${title} throughput: ${name} ÷ without authentication`,
          of(workload, name, 'rps') / of(workload, 'Patchbay', 'rps'),
          0.9,
        ),
      );
    }
  }
  if (flood) rows.push(atMost('W9 p95 of 99 callers: with a flood ÷ without', flood.floodP95 / flood.calmP95, 1.5));
  if (w4) {
    // A vendor that answers after 100 ms; what Patchbay adds is measured at one vendor that answers at once.
    rows.push(atMost('W4 slowest vendor (100 ms) + 2 × overhead of one, in ms', w4.slowMs, 100 + 2 * w4.oneMs));
    rows.push(atMost('W4 hung vendor: its deadline (1000 ms) + 5 %, in ms', w4.hungMs, 1050));
    rows.push(atLeast('W4 hung vendor: the others answered', w4.hungAnswered, 3));
  }
  const measured = rows.filter(({ value }) => !Number.isNaN(value));
  const table = [
    '| bar | measured | wanted | met |',
    '| --- | --- | --- | --- |',
    ...measured.map(
      ({ name, value, bar, isMet }) => `| ${name} | ${value.toFixed(2)} | ${bar} | ${isMet ? 'yes' : 'NO'} |`,
    ),
  ].join('\n');
  return { rows: measured, table };
}
