import { parseArgs } from 'node:util'
import { circumstances } from '../../bench/bench.ts'
import { chanceOf } from '../../shared/deadlines/second-clock/random.ts'
import { startCluster } from '../store/postgres.ts'
import { runBurst } from './burst-kills.ts'

/**
 * `node tests/server/deadlines/burst-kills.run.ts --kills 100 [--cases 20000] [--seed 1]` prints a report as Markdown; with
 * `--database-kills 100` of two servers on PostgreSQL, whose power is cut so many times.
 */
const options = {
  kills: { type: 'string' },
  'database-kills': { type: 'string' },
  cases: { type: 'string' },
  seed: { type: 'string' },
} as const
const { values } = parseArgs({ options })
const where = circumstances()
const kills = Number(values.kills ?? '100')
const databaseKills = values['database-kills']
const on =
  databaseKills === undefined
    ? null
    : { cluster: await startCluster({ isDurable: true }), databaseKills: Number(databaseKills) }
const outcome = await runBurst(
  Number(values.cases ?? '20000'),
  kills,
  chanceOf(Number(values.seed ?? '1')),
  on,
).finally(() => on?.cluster.remove())
const isWhole = outcome.verdict.ok && outcome.broken.length === 0

const how =
  on === null
    ? 'The real server, a process of its own,'
    : 'Two real servers on one PostgreSQL, killed one by one or together, and their database stopped with `immediate` in between,'

console.log(`# R7 on ${on === null ? 'SQLite' : 'PostgreSQL, two servers'}: kill -9 in the burst of 07:30

${where}

${how} with the slips due at 07:30 on the first working day after Tết 2027; killed at some moment
within 300 ms of its first tick, started again, killed again; then left alone until it was done.

| what | how many |
|---|---:|
| slips due in the same second | ${outcome.cases} |
| kills of servers | ${kills} |
| stops of the database as by a power cut | ${on?.databaseKills ?? '–'} |
| kills in the midst of it: steps taken since the start, and some left | ${outcome.midBurst} |
| events in the register | ${outcome.verdict.events ?? 'unverified'} |
| escalations lost, early, twice, out of order, or without exactly one notice | ${outcome.broken.length} |

\`verify\`: ${JSON.stringify(outcome.verdict)}. ${isWhole ? 'Goal met.' : 'Goal NOT met.'}
${outcome.broken.map((each) => `\n- ${each}`).join('')}`)
process.exitCode = isWhole ? 0 : 1
