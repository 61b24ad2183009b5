import { mkdirSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { circumstances } from '../bench/bench.ts'
import { runMany } from './run-many.ts'
import { type Outcome, runSeed } from './run-seed.ts'

/**
 * `npm run simulate -- --seeds 20000 [--from 1] [--threads 2]` runs so many provinces of thirty days and says which were broken, with
 * `--report` also into `tests/bench/reports/simulation.md`; interrupted it ends with the seeds it has begun. `--trace --from 17` tells
 * the history of one. Exit code 1 if any was broken.
 */
const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1000' },
    from: { type: 'string', default: '1' },
    threads: { type: 'string', default: String(availableParallelism()) },
    trace: { type: 'boolean', default: false },
    report: { type: 'boolean', default: false },
  },
})
const [count, from] = [Number(values.seeds), Number(values.from)]

if (values.trace) {
  const outcome = await runSeed(from, { onNote: (at, words) => console.log(new Date(at).toISOString(), words) })
  console.log(JSON.stringify(outcome, null, 2))
  process.exit(outcome.broken.length === 0 ? 0 : 1)
}

const measured = ['src-shared', 'src-main', 'sync-server/src', 'tests/simulation']
const where = circumstances(measured)
const startedAt = performance.now()
const sums: Record<string, number> = {}
const broken: Outcome[] = []
let simulatedMs = 0
let done = 0
let isEnough = false
process.once('SIGINT', () => {
  isEnough = true
})
const seeds = Array.from({ length: count }, (_, index) => from + index)
await runMany(
  seeds,
  (outcome) => {
    done += 1
    simulatedMs += outcome.simulatedMs
    for (const [name, value] of Object.entries(outcome.counts)) sums[name] = (sums[name] ?? 0) + value
    if (outcome.broken.length > 0) {
      broken.push(outcome)
      const again = `npm run simulate -- --trace --from ${outcome.seed}`
      process.stderr.write(`seed ${outcome.seed} is broken (${again}):\n  ${outcome.broken.slice(0, 8).join('\n  ')}\n`)
    }
    if (done % 100 === 0) process.stderr.write(`${done} of ${count}, ${broken.length} broken\n`)
    return isEnough ? 'enough' : undefined
  },
  { threads: Number(values.threads) },
)
const seconds = (performance.now() - startedAt) / 1000
const figure = (value: number) => value.toLocaleString('en-US', { maximumFractionDigits: 0 })
const rows: [string, string][] = [
  ['seeds', figure(done)],
  ['simulated days', figure(simulatedMs / 86_400_000)],
  ['seconds', figure(seconds)],
  ['× real time', figure(simulatedMs / 1000 / seconds)],
  ['steps of the timeline', figure(sums.steps ?? 0)],
  ['events registered', figure(sums.events ?? 0)],
  ['commands a person was told “done” of', figure(sums.done ?? 0)],
  ['receipt codes told', figure(sums.told ?? 0)],
  ['refusals put away by a person', figure(sums.refused ?? 0)],
  ['deaths of desks', figure(sums.deskDeaths ?? 0)],
  ['deaths of servers', figure(sums.serverDeaths ?? 0)],
  ['desks wiped', figure(sums.wipes ?? 0)],
  ['desks that may hold nothing in the end', figure(sums.withoutRegister ?? 0)],
  ['registers brought back from a backup', figure(sums.restored ?? 0)],
  ['**seeds with a broken invariant**', `**${broken.length}**`],
]
const report = `# The simulation, seeds ${from} to ${from + done - 1} (tests/simulation/run.ts)

${where} ${values.threads} threads.

Every seed is thirty days of a small province on the real desk's store and engine and the real server's verbs, register and keeper: two
to four desks, one or two servers; a network that loses, repeats, reorders, delays and cuts in mid-stream; processes that die
between any two statements; clocks up to three days wrong, also set in the middle; rights taken and given back; desks wiped, updated
from older versions and begun by snapshot; a register brought back from a backup. Goal R8: 10,000 seeds × 30 days, ≥ 700 × real time,
0 broken.

| what | how much |
|---|---:|
${rows.map(([what, value]) => `| ${what} | ${value} |`).join('\n')}
${broken.map(({ seed, broken: words }) => `\n- seed ${seed}: ${words.slice(0, 5).join('; ')}`).join('')}
`
console.log(report)
if (values.report) {
  const folder = resolve(import.meta.dirname, '../bench/reports')
  mkdirSync(folder, { recursive: true })
  writeFileSync(resolve(folder, 'simulation.md'), report)
}
process.exitCode = broken.length === 0 ? 0 : 1
