import { type ChildProcess, fork } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { circumstances } from '../bench.ts'

/**
 * P8: the clock against the second clock, in as many generated cases as one has patience for.
 *
 *   node tests/bench/deadlines/brute-force.ts --cases 1000000 [--from 0] [--workers 2] [--report]
 *
 * Every tenth case is acted on under the real rules, the others are histories of marks. Ends with 1 where anything differs. One
 * seed again: `BT1022_CLOCK_SEED=<seed> npx vitest run tests/shared/deadlines/second-clock`.
 */
const root = resolve(import.meta.dirname, '../../..')
const REAL_EVERY = 10

interface Part {
  done: number
  readings: number
  found: string[]
}

if (process.send === undefined) await count()
else await countPart()

async function count(): Promise<void> {
  const { values } = parseArgs({
    options: {
      cases: { type: 'string', default: '100000' },
      from: { type: 'string', default: '0' },
      workers: { type: 'string', default: '2' },
      report: { type: 'boolean', default: false },
    },
  })
  process.chdir(root)
  const [cases, from, workers] = [Number(values.cases), Number(values.from), Number(values.workers)]
  const on = circumstances()
  const startedAt = performance.now()
  const share = Math.ceil(cases / workers)
  const parts = await Promise.all(
    Array.from({ length: workers }, (_, worker) => {
      const first = from + worker * share
      return partOf(first, Math.min(first + share, from + cases))
    }),
  )
  const seconds = (performance.now() - startedAt) / 1000
  const done = parts.reduce((sum, part) => sum + part.done, 0)
  const found = parts.flatMap((part) => part.found)
  const readings = parts.reduce((sum, part) => sum + part.readings, 0)
  const text = reportOf({ on, done, from, readings, seconds, workers, found })
  console.log(text)
  if (values.report) {
    const file = resolve(root, 'tests/bench/reports/brute-force.md')
    mkdirSync(resolve(file, '..'), { recursive: true })
    writeFileSync(file, text)
  }
  process.exitCode = found.length === 0 && done === cases ? 0 : 1
}

function partOf(first: number, end: number): Promise<Part> {
  return new Promise((resolvePart, reject) => {
    const child: ChildProcess = fork(import.meta.filename, [String(first), String(end)], { cwd: root })
    let last: Part = { done: 0, readings: 0, found: [] }
    let shown = 0
    child.on('message', (message) => {
      last = message as Part
      if (last.done - shown >= 50_000) {
        shown = last.done
        console.error(`from ${first}: ${last.done} of ${end - first}, ${last.found.length} lines of differences`)
      }
    })
    child.on('error', reject)
    child.on('exit', (code) => (code === 0 ? resolvePart(last) : reject(new Error(`a worker ended with ${code}`))))
  })
}

/** A part of the seeds, in a process of its own. */
async function countPart(): Promise<void> {
  const { checkRealSeed, checkSeed, readingsDone } = await import('../../shared/deadlines/second-clock/generated.ts')
  const [first, end] = process.argv.slice(2).map(Number) as [number, number]
  const part: Part = { done: 0, readings: 0, found: [] }
  for (let seed = first; seed < end; seed += 1) {
    part.found.push(...(seed % REAL_EVERY === 0 ? checkRealSeed(seed) : checkSeed(seed)))
    part.done += 1
    part.readings = readingsDone()
    if (part.found.length > 1000) break
    if (part.done % 5_000 === 0) process.send!(part)
  }
  await new Promise((sent) => process.send!(part, sent))
  process.disconnect()
}

interface Outcome {
  on: string
  done: number
  from: number
  readings: number
  seconds: number
  workers: number
  found: readonly string[]
}

function reportOf({ on, done, from, readings, seconds, workers, found }: Outcome): string {
  const figure = (value: number) => Math.round(value).toLocaleString('en-US')
  const seeds = new Set(found.filter((line) => /^(real )?seed \d+$/.test(line)))
  return [
    '# The clock against the second clock (P8)',
    '',
    on,
    '',
    `Cases: ${figure(done)}, seeds ${from} to ${from + done - 1}, one in ten a whole case under the real rules.`,
    `Readings compared, each in every figure and to the second: ${figure(readings)}.`,
    `Cases that differ: ${seeds.size}. Goal: 0. ${seeds.size === 0 ? 'Met.' : 'NOT met.'}`,
    `Duration: ${figure(seconds)} s in ${workers} processes.`,
    ...(found.length === 0 ? [] : ['', '```', ...found.slice(0, 200), '```']),
    '',
  ].join('\n')
}
