import { globSync, mkdirSync, writeFileSync } from 'node:fs'
import { relative, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Bench } from './bench.ts'

/**
 * `node tests/bench/run.ts` lists the benches, `node tests/bench/run.ts working-time` runs one and prints its report, with `--report`
 * it also keeps it as `reports/working-time.md`, with BENCH_ROWS under a name that says how many. A bench is a module
 * `tests/bench/<folder>/<name>.bench.ts` that exports `bench`.
 */
const folder = import.meta.dirname
process.chdir(resolve(folder, '../..'))
const files = new Map(globSync('*/*.bench.ts', { cwd: folder }).map((file) => [nameOf(file), resolve(folder, file)]))
const keeps = process.argv.includes('--report')
const wanted = process.argv.slice(2).filter((arg) => !arg.startsWith('--'))

if (wanted.length === 0) {
  for (const [name, file] of [...files].sort()) console.log(`${name.padEnd(24)} ${(await load(file)).title}`)
  console.log('\nRun one or more by name: node tests/bench/run.ts <name> …')
}
for (const name of wanted) {
  const file = files.get(name)
  if (file === undefined) throw new Error(`no bench "${name}"; there are ${[...files.keys()].sort().join(', ')}`)
  const { title, run } = await load(file)
  const report = `# ${title} (${relative(process.cwd(), file)})\n\n${await run()}\n`
  console.log(report)
  if (keeps) {
    mkdirSync(resolve(folder, 'reports'), { recursive: true })
    const rows = process.env.BENCH_ROWS?.split(',').at(-1)
    writeFileSync(resolve(folder, `reports/${name}${rows === undefined ? '' : `-${rows}`}.md`), report)
  }
}

async function load(file: string): Promise<Bench> {
  const { bench } = (await import(pathToFileURL(file).href)) as { bench: Bench }
  return bench
}

function nameOf(file: string): string {
  return file.replace(/^.*[\\/]/, '').replace(/\.bench\.ts$/, '')
}
