import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { circumstances, median, verdict as met, table } from '../bench/bench.ts'
import { runTroubles } from './bad-networks.ts'
import { cutFirstSyncs, cutPushes } from './cuts.ts'

/** R6: `node tests/faults/networks.run.ts [--offsets 1000] [--cases 2000] [--commands 200] [--report]`. */
const options = {
  offsets: { type: 'string', default: '1000' },
  cases: { type: 'string', default: '2000' },
  commands: { type: 'string', default: '200' },
  report: { type: 'boolean', default: false },
} as const
const { values } = parseArgs({ options })
const where = circumstances(['src-shared', 'src-main', 'sync-server', 'tests/faults'])
const cases = Number(values.cases)
const troubles = [
  { name: 'nothing' },
  { name: '20 % of packets lost, each way', loss: 20 },
  { name: '1 Mbit/s (tbf)', rate: '1mbit' },
  { name: '400 ms there and back', delayMs: 200 },
  { name: 'the wire pulled 3 times for a second', flaps: 3 },
  { name: '5 % loss, 1 Mbit/s, 400 ms, pulled twice', loss: 5, rate: '1mbit', delayMs: 200, flaps: 2 },
]
const networks = await runTroubles(troubles, cases, Number(values.commands))
const offsets = Number(values.offsets)
const first = await cutFirstSyncs(Math.ceil(offsets * 0.6), cases)
const push = await cutPushes(Math.floor(offsets * 0.4))
const repeated = first.cuts.filter(({ isCut }) => isCut).map((cut) => cut.repeated)
const broken = [
  ...networks.broken,
  ...networks.outcomes.flatMap((each) => each.broken),
  ...first.broken,
  ...push.broken,
]
const isWhole = broken.length === 0 && networks.verdict.ok
const share = (value: number) => `${(value * 100).toFixed(1)} %`
const sorted = [...repeated].sort((a, b) => a - b)
const within = repeated.filter((each) => each <= 0.05).length / Math.max(1, repeated.length)

const report = `# R6: bad networks

${where}

## Cut after a byte

A line that is cut (half by a reset, half by a close) after exactly so many bytes, once each, spread evenly over all that crosses it.
A first sync of ${first.cases} cases, ${first.events} events: from the sign-in on, on a fresh computer each time, then read event by event against the register;
without a cut it takes ${first.wholeBytes.down} bytes down and ${first.wholeBytes.up} up, headers and all. A push: twelve cases opened without a link, cut in the question or in its answer.

${table(
  ['what', 'first sync', 'push'],
  [
    ['byte offsets', String(first.cuts.length), String(push.rounds - 3)],
    ['… reached, and cut there', String(repeated.length), String(push.cuts)],
    ['did not converge, or something applied twice', String(first.broken.length), String(push.broken.length)],
    ['bytes again, median', share(median(repeated)), ''],
    ['bytes again, 95 of a hundred within', share(sorted[Math.floor(sorted.length * 0.95)] ?? 0), ''],
    ['bytes again, at most', share(sorted.at(-1) ?? 0), ''],
    ['offsets with ≤ 5 % again (P3)', share(within), ''],
    ['bytes up beyond those of an uncut push', '', share(Math.max(0, push.upAgain - 1))],
  ],
)}

P3, ≤ 5 % again: ${met(within === 1)}.

## Networks

A server and a desk, processes of their own in network namespaces with one veth between them: loss by \`iptables -m statistic\`, rate by \`tc tbf\`, latency by a
proxy in the desk's network. Each time a new desk: a first sync of ${cases} cases, then ${values.commands} cases opened while the wire is pulled, which are sent when it is back.

${table(
  ['trouble', 'first sync, s', 'bytes down', `${values.commands} commands, s`, 'broken'],
  networks.outcomes.map(({ trouble, firstSyncMs, firstSyncBytes, pushMs, broken: each }) => [
    trouble.name,
    (firstSyncMs / 1000).toFixed(1),
    String(firstSyncBytes),
    (pushMs / 1000).toFixed(1),
    String(each.length),
  ]),
)}

\`verify\`: ${JSON.stringify(networks.verdict)}; ${networks.commands} commands, each once. ${isWhole ? 'Always converges, nothing applied twice: met.' : 'NOT met.'}
${broken.map((each) => `\n- ${each}`).join('')}`
console.log(report)
if (values.report)
  writeFileSync(resolve(import.meta.dirname, '../bench/reports/bad-networks.md'), `${report.trimEnd()}\n`)
process.exit(isWhole ? 0 : 1)
