import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { circumstances, median, table } from '../bench/bench.ts'
import { chanceOf } from '../shared/deadlines/second-clock/random.ts'
import { type DiskOutcome, failWrites, fillDisk } from './disk-faults.ts'

/** R5: `node tests/faults/disk-faults.run.ts --points 500 [--seed 1] [--report]`: half of them full disks, half EIO at an fsync. */
const options = {
  points: { type: 'string', default: '500' },
  seed: { type: 'string', default: '1' },
  report: { type: 'boolean', default: false },
} as const
const { values } = parseArgs({ options })
const where = circumstances(['src-shared', 'src-main', 'sync-server', 'tests/faults'])
const half = Math.ceil(Number(values.points) / 2)
const full = await fillDisk(half, chanceOf(Number(values.seed)))
const failing = await failWrites(half, chanceOf(Number(values.seed) + 1))
const isWhole = [full, failing].every(({ verdict, broken }) => verdict.ok && broken.length === 0)

const told = ({ toldMs }: DiskOutcome) =>
  toldMs.length === 0
    ? 'nobody had to be'
    : `${Math.round(median(toldMs))} ms, at most ${Math.round(toldMs.at(-1)!)} ms`
const row = (what: string, of: (outcome: DiskOutcome) => string | number) => [
  what,
  String(of(full)),
  String(of(failing)),
]
const report = `# R5: a real desk on a full disk, and on one that says EIO

${where}

A whole desk as a process of its own. Full: its folder lies on a tmpfs of 64 MB of which all but 0–600 kB are taken, at every 16th point
before it starts. EIO: \`strace\` makes the n-th fsync or fdatasync of its life fail, at every fifth point all from the n-th on; each life is then
ended by SIGKILL. The desk synchronises with a real server all the while.

${table(
  ['what', 'full disk', 'EIO at an fsync'],
  [
    row('write points', ({ points }) => points),
    row('calls answered with a failure', ({ failedCalls }) => failedCalls),
    row(
      '… with the code',
      ({ codes }) =>
        Object.entries(codes)
          .map(([code, times]) => `${code} ${times}`)
          .join(', ') || '–',
    ),
    row('lives that ended at the fault, at their opening', ({ ended }) => ended),
    row('the person was told within (median)', told),
    row('acts acknowledged', ({ acknowledged }) => acknowledged),
    row('acknowledged and lost, done twice, or a torn file', ({ broken }) => broken.length),
    row('`verify`', ({ verdict }) => JSON.stringify(verdict)),
  ],
)}

Goal: 0 corrupt, told ≤ 2 s. ${isWhole ? 'Nothing is corrupt, nothing acknowledged is lost.' : 'NOT met.'}
${[...full.broken, ...failing.broken].map((each) => `\n- ${each}`).join('')}`
console.log(report)
if (values.report)
  writeFileSync(resolve(import.meta.dirname, '../bench/reports/disk-faults.md'), `${report.trimEnd()}\n`)
process.exit(isWhole ? 0 : 1)
