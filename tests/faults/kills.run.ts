import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { circumstances, table } from '../bench/bench.ts'
import { startCluster } from '../server/store/postgres.ts'
import { chanceOf } from '../shared/deadlines/second-clock/random.ts'
import { runKills } from './kills.ts'

/**
 * R1: `node tests/faults/kills.run.ts --kills 1000 --store sqlite [--seed 1] [--report]` prints a report as Markdown, and keeps
 * it with `--report`.
 */
const options = {
  kills: { type: 'string', default: '200' },
  store: { type: 'string', default: 'sqlite' },
  seed: { type: 'string', default: '1' },
  report: { type: 'boolean', default: false },
} as const
const { values } = parseArgs({ options })
const where = circumstances(['src-shared', 'src-main', 'sync-server', 'tests/faults'])
const cluster = values.store === 'postgres' ? await startCluster() : null
const from = performance.now()
const outcome = await runKills(
  Number(values.kills),
  (await cluster?.database()) ?? null,
  chanceOf(Number(values.seed)),
  (left, what) => process.stderr.write(`\r${left} left: ${what}   `),
).finally(() => cluster?.remove())
const isMet = outcome.verdict.ok && outcome.broken.length === 0 && outcome.errors.length === 0
const store = cluster === null ? 'SQLite, one server' : 'PostgreSQL, two servers'

const report = `## ${store}

${where}

${table(
  ['what', 'how many'],
  [
    ['kill -9 of a desk', String(outcome.deskKills)],
    ['… while a question of its window was unanswered', String(outcome.amidActs)],
    ['kill -9 of a server', String(outcome.serverKills)],
    ['kills within 25 ms of bytes on the line', String(outcome.amidTraffic)],
    ['desks, each with a folder of its own', String(outcome.desks)],
    ['acts that a desk had acknowledged', String(outcome.acknowledged)],
    ['acts whose desk died before it answered: done once or not at all', String(outcome.unanswered)],
    ['acts refused by the server and kept with their words', String(outcome.refused)],
    ['codes told', String(outcome.told)],
    ['events in the register', String(outcome.verdict.events ?? 'unverified')],
    ['broken promises', String(outcome.broken.length)],
    ['bugs in the logs of the desks', String(outcome.errors.length)],
  ],
)}

\`verify\`: ${JSON.stringify(outcome.verdict)}. ${((performance.now() - from) / 60_000).toFixed(1)} minutes, seed ${values.seed}.
${isMet ? 'Goal met.' : 'Goal NOT met.'}
${[...outcome.broken, ...outcome.errors].map((each) => `\n- ${each}`).join('')}`
console.log(report)
if (values.report) {
  const file = resolve(import.meta.dirname, `../bench/reports/desk-server-kills-${values.store}.md`)
  writeFileSync(file, `# R1: desks and servers killed with SIGKILL in the midst of sync\n\n${report.trimEnd()}\n`)
}
process.exitCode = isMet ? 0 : 1
