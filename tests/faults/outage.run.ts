import { appendFileSync, existsSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { circumstances, table, verdict } from '../bench/bench.ts'
import { chanceOf } from '../shared/deadlines/second-clock/random.ts'
import { runOutage } from './outage.ts'

/** R3: `node tests/faults/outage.run.ts --desks 50 --cases 2000 [--seed 1] [--report]`: `--report` adds to reports/outage.md. */
const options = {
  desks: { type: 'string', default: '50' },
  cases: { type: 'string', default: '2000' },
  seed: { type: 'string', default: '1' },
  report: { type: 'boolean', default: false },
} as const
const { values } = parseArgs({ options })
const where = circumstances(['src-shared', 'src-main', 'sync-server', 'tests/faults'])
const outcome = await runOutage(Number(values.desks), Number(values.cases), chanceOf(Number(values.seed)))
const isWhole = outcome.verdict.ok && outcome.broken.length === 0

const report = `## ${outcome.desks} desks, ${outcome.cases} cases

${where}

${table(
  ['what', 'measured', 'goal', ''],
  [
    ['cases opened while the line was down', String(outcome.cases), '2,000', ''],
    ['slips sent, cases amended meanwhile', `${outcome.slips}, ${outcome.amends}`, '', ''],
    [
      'clocks of the desks at the end',
      `${Math.min(...outcome.clocksWrongByHours)} … +${Math.max(...outcome.clocksWrongByHours)} h`,
      '± 72 h',
      '',
    ],
    [
      'lost, twice, or with another deadline than from its receipt',
      String(outcome.broken.length),
      '0',
      verdict(isWhole),
    ],
    ['`madeAt` off by at most', `${Math.round(outcome.madeAtOffMs)} ms`, '', ''],
    ['line back → every desk has sent everything', `${(outcome.sentMs / 1000).toFixed(1)} s`, '', ''],
    [
      'line back → every desk has everything',
      `${(outcome.mergedMs / 1000).toFixed(1)} s`,
      '≤ 30 s',
      verdict(outcome.mergedMs <= 30_000),
    ],
  ],
)}

\`verify\`: ${JSON.stringify(outcome.verdict)}; seed ${values.seed}. Every desk is a process of its own; the wait of a desk that has tried in vain for long
(up to 15 s) is in the last two lines, and so is a person's new sign-in, because a session lasts 16 hours.
${outcome.broken.map((each) => `\n- ${each}`).join('')}`
console.log(report)
if (values.report) {
  const file = resolve(import.meta.dirname, '../bench/reports/outage.md')
  if (!existsSync(file)) writeFileSync(file, '# R3: 24 hours without a line\n')
  appendFileSync(file, `\n${report.trimEnd()}\n`)
}
process.exit(isWhole ? 0 : 1)
