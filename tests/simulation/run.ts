import { runSeed } from './run-seed.ts'

const [from, count] = [Number(process.argv[2] ?? 1), Number(process.argv[3] ?? 1)]
const verbose = process.argv.includes('-v')
for (let seed = from; seed < from + count; seed++) {
  const c = process.cpuUsage().user + process.cpuUsage().system
  const outcome = await runSeed(
    seed,
    verbose ? (at, words) => console.log(new Date(at).toISOString(), words) : undefined,
  )
  console.log(
    JSON.stringify({ ...outcome, cpu: Math.round((process.cpuUsage().user + process.cpuUsage().system - c) / 1000) }),
  )
}
