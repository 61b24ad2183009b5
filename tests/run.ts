import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative, resolve } from 'node:path'
import { buildIfStale } from '../src-main/start/build.ts'
import { prepareElectron } from './setup/electron-runtime.ts'
import { preparePackages } from './setup/packages.ts'

/** `npm test`: everything, and last a line `N passed, N failed, N skipped`. `npm test -- unit` runs that part alone. */
const root = resolve(import.meta.dirname, '..')
const results = join(root, 'test-results')
// What a test that was killed leaves behind goes with the run.
const scratch = mkdtempSync(join(tmpdir(), 'bt1022-tests-'))
const compiled = join(scratch, 'compiled')
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }))
const bin = (name: string) => join(root, 'node_modules/.bin', name)

interface Tally {
  passed: number
  failed: number
  skipped: number
}
const total: Tally = { passed: 0, failed: 0, skipped: 0 }
/** Said again at the end: what failed in the middle of thousands of lines is not found there. */
const failures: string[] = []
const add = (tally: Tally) => {
  total.passed += tally.passed
  total.failed += tally.failed
  total.skipped += tally.skipped
}

const only = process.argv.slice(2)
const wants = (part: string) => only.length === 0 || only.includes(part)

rmSync(results, { recursive: true, force: true })
mkdirSync(results, { recursive: true })
const missing = preparePackages()
for (const what of missing) console.log(`Skipping what needs ${what}: it is not installed.`)

if (wants('lint')) await check('lint', bin('biome'), ['ci', '--error-on-warnings', '.'])
if (wants('types')) {
  for (const part of ['src-shared', 'src-main', 'src-preload', 'src-renderer', 'sync-server', 'tests']) {
    await check(`types of ${part}`, bin('tsc'), ['-p', part])
  }
}
if (wants('unit')) await unitTests()
if (only.length === 0 || ['sip', 'e2e', 'electron'].some((part) => only.includes(part))) {
  await step('build', () => buildIfStale(root))
  const env: Record<string, string> = {}
  if (wants('electron') && !missing.includes('Xvfb')) {
    const runtime = prepareElectron()
    if ('path' in runtime) env.BT1022_TEST_ELECTRON = runtime.path
    else console.log(`Skipping the Electron tests: ${runtime.missing}.`)
  }
  for (const part of ['sip', 'e2e', 'electron']) if (wants(part)) await browserTests(part, env)
}

for (const failure of failures) console.log(`FAILED ${failure}`)
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`)
process.exit(total.failed === 0 && total.passed > 0 ? 0 : 1)

async function step(name: string, work: () => Promise<void>): Promise<void> {
  const from = performance.now()
  try {
    await work()
    add({ passed: 1, failed: 0, skipped: 0 })
  } catch (error) {
    console.error(`${name}: ${error instanceof Error ? error.message : String(error)}`)
    add({ passed: 0, failed: 1, skipped: 0 })
    failures.push(name)
  }
  sayTime(name, from)
}

function sayTime(part: string, from: number): void {
  console.log(`${part}: ${Math.round((performance.now() - from) / 1000)} s`)
}

async function check(name: string, command: string, args: string[]): Promise<void> {
  await step(name, async () => {
    const code = await run(command, args, {})
    if (code !== 0) throw new Error(`ended with ${code}`)
  })
}

async function unitTests(): Promise<void> {
  const report = join(results, 'unit.json')
  const from = performance.now()
  const code = await run(bin('vitest'), ['run', '--reporter=default', '--reporter=json', `--outputFile=${report}`], {})
  const read = json(report) as {
    numPassedTests: number
    numFailedTests: number
    numPendingTests: number
    numTodoTests: number
    testResults: { name: string; status: string; assertionResults: { status: string; fullName: string }[] }[]
  } | null
  sayTime('unit', from)
  if (read === null) return noReport('unit')
  for (const { name, status, assertionResults } of read.testResults) {
    const failed = assertionResults.filter((each) => each.status === 'failed')
    for (const each of failed) failures.push(`${relative(root, name)}: ${each.fullName}`)
    if (status === 'failed' && failed.length === 0) failures.push(relative(root, name))
  }
  if (code !== 0 && failures.length === 0) failures.push('unit: an error outside of every test')
  // A file that does not load has no test to fail.
  const failed = Math.max(read.numFailedTests, code === 0 ? 0 : 1)
  add({ passed: read.numPassedTests, failed, skipped: read.numPendingTests + read.numTodoTests })
}

function noReport(part: string): void {
  failures.push(`${part}: no report`)
  add({ passed: 0, failed: 1, skipped: 0 })
}

async function browserTests(part: string, env: Record<string, string>): Promise<void> {
  const report = join(results, `${part}.json`)
  const args = ['test', '-c', `tests/${part}/playwright.config.ts`, '--reporter=list,json']
  const electron = part === 'electron' && env.BT1022_TEST_ELECTRON !== undefined
  const command = electron ? 'xvfb-run' : bin('playwright')
  const all = electron ? ['-a', '-s', '-screen 0 1920x1080x24', bin('playwright'), ...args] : args
  const from = performance.now()
  const code = await run(command, all, { ...env, PLAYWRIGHT_JSON_OUTPUT_NAME: report })
  const stats = (
    json(report) as { stats?: { expected: number; unexpected: number; skipped: number; flaky: number } } | null
  )?.stats
  sayTime(part, from)
  if (!stats) return noReport(part)
  if (code !== 0 || stats.flaky > 0)
    failures.push(`${part}: ${stats.unexpected} failed, ${stats.flaky} at the first try`)
  // A test that passes only at the second try is not green.
  const failed = Math.max(stats.unexpected + stats.flaky, code === 0 ? 0 : 1)
  add({ passed: stats.expected, failed, skipped: stats.skipped })
}

function run(command: string, args: string[], env: Record<string, string>): Promise<number> {
  return new Promise((done, failed) => {
    const child = spawn(command, args, {
      cwd: root,
      // A server or a desk starts some hundred times: what the first has compiled the others find.
      env: { NODE_COMPILE_CACHE: compiled, ...process.env, TMPDIR: scratch, ...env },
      stdio: ['ignore', 'inherit', 'inherit'],
    })
    child.once('error', failed)
    child.once('exit', (code) => done(code ?? 1))
  })
}

function json(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return null
  }
}
