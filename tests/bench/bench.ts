import { execFileSync } from 'node:child_process'
import { cpus, loadavg } from 'node:os'

/** What `tests/bench/<folder>/<name>.bench.ts` exports as `bench`. */
export interface Bench {
  readonly title: string
  /** Measures, and answers the report as Markdown. */
  run(): Promise<string>
}

/** One thing that is measured. `run` does its work once and answers how many operations that were. */
export interface Contestant {
  readonly name: string
  run(): number | Promise<number>
}

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

/**
 * Operations per second of each, the median of `rounds`. They take turns within each round, in an order that is turned about from
 * round to round, because a machine drifts by a quarter within minutes: only figures of one run may be compared.
 * @param second of the wall clock, or of processor time: for what only computes, that leaves out who else is at the machine.
 */
export async function interleaved(
  contestants: readonly Contestant[],
  rounds = 5,
  second: 'wall' | 'processor' = 'wall',
): Promise<Map<string, number>> {
  const rates = new Map<string, number[]>(contestants.map(({ name }) => [name, []]))
  const now = second === 'wall' ? () => performance.now() / 1000 : processorSeconds
  for (const { run } of contestants) await run()
  for (let round = 0; round < rounds; round += 1) {
    for (const { name, run } of round % 2 === 0 ? contestants : [...contestants].reverse()) {
      const from = now()
      const operations = await run()
      rates.get(name)!.push(operations / (now() - from))
    }
  }
  return new Map([...rates].map(([name, values]) => [name, median(values)]))
}

/** Of this process, all its threads. */
export function processorSeconds(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

/** A Markdown table, numbers to the right. */
export function table(heads: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const texts = [heads, ...rows.map((row) => row.map((cell) => (typeof cell === 'number' ? figure(cell) : cell)))]
  const widths = heads.map((_, column) => Math.max(...texts.map((row) => row[column]!.length)))
  const isNumber = heads.map((_, column) => rows.every((row) => /^[\d,.×≤≥ –-]*$/.test(figureOf(row[column]))))
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, i) => (isNumber[i] ? cell.padStart(widths[i]!) : cell.padEnd(widths[i]!))).join(' | ')} |`
  const rule = `|${widths.map((width, i) => (isNumber[i] ? `${'-'.repeat(width + 1)}:` : '-'.repeat(width + 2))).join('|')}|`
  return [line(texts[0]!), rule, ...texts.slice(1).map(line)].join('\n')
}

const figureOf = (cell: string | number | undefined): string => (typeof cell === 'number' ? figure(cell) : (cell ?? ''))

/** Three figures are what a drifting machine can tell. */
export function figure(value: number): string {
  const digits = value >= 100 || value === 0 ? 0 : value >= 10 ? 1 : 2
  return value.toLocaleString('en-US', { maximumFractionDigits: digits, minimumFractionDigits: digits })
}

export const verdict = (isMet: boolean): string => (isMet ? 'met' : 'NOT met')

/**
 * The commit, the program and the machine a report speaks of. Asked at the beginning: what is committed meanwhile is not measured.
 * @param measured the folders whose code is measured: what is uncommitted elsewhere does not matter.
 */
export function circumstances(measured: readonly string[] = ['src-shared/deadlines', 'src-shared/cases']): string {
  const git = (...args: string[]) => execFileSync('git', args, { encoding: 'utf8' }).trim()
  const changed = git('status', '--porcelain', '--untracked-files=no', '--', ...measured) !== ''
  const commit = `${git('rev-parse', '--short=12', 'HEAD')}${changed ? ' and uncommitted changes' : ''}`
  const load = loadavg()[0]!.toFixed(1)
  return `Commit ${commit}; Node ${process.version}; ${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown'}; load ${load} at the beginning.`
}
