import { parseArgs } from 'node:util'
import { circumstances } from '../../bench/bench.ts'
import { type Outcome, runSeed } from './keeper-kills.ts'

/**
 * `node tests/server/deadlines/keeper-kills.run.ts --seeds 1000 [--from 1]`: prints a report as Markdown, and every seed that
 * failed with what was broken in it. Exit code 1 if any did.
 */
const { values } = parseArgs({ options: { seeds: { type: 'string' }, from: { type: 'string' } } })
const [count, from] = [Number(values.seeds ?? '1000'), Number(values.from ?? '1')]
const failed: { seed: number; broken: readonly string[] }[] = []
const sums = { cases: 0, deaths: 0, escalations: 0, reminders: 0, recounts: 0 }
const where = circumstances()

for (let seed = from; seed < from + count; seed += 1) {
  const outcome: Outcome = await runSeed(seed).catch((failure: unknown) => {
    const broken = [failure instanceof Error ? (failure.stack ?? failure.message) : String(failure)]
    return { seed, broken, cases: 0, deaths: 0, escalations: 0, reminders: 0, recounts: 0 }
  })
  for (const name of Object.keys(sums) as (keyof typeof sums)[]) sums[name] += outcome[name]
  if (outcome.broken.length > 0) {
    failed.push(outcome)
    process.stderr.write(`seed ${seed}: ${outcome.broken.join('; ')}\n`)
  }
  if ((seed - from + 1) % 100 === 0) process.stderr.write(`${seed - from + 1} of ${count}\n`)
}

console.log(`# The keeper under kills, seeds ${from} to ${from + count - 1}

${where}

Every seed is some weeks of a small province: up to three servers on one register, slips, pauses, supplements, postponements,
returns, successors, answers, days entered into calendars, clocks put forward and back; processes that die between any two
statements, by an exception or with the disk as it stands, and single statements that fail. Judged in the end by the events and
the outbox alone.

| what | how many |
|---|---:|
| seeds | ${count} |
| cases | ${sums.cases} |
| deaths and faults | ${sums.deaths} |
| escalations and late marks | ${sums.escalations} |
| reminders | ${sums.reminders} |
| recounts | ${sums.recounts} |
| **seeds with anything lost, early, twice or unchained** | **${failed.length}** |
${failed.map(({ seed, broken }) => `\n- seed ${seed}: ${broken.join('; ')}`).join('')}`)
process.exitCode = failed.length === 0 ? 0 : 1
