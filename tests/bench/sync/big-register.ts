import { createHash } from 'node:crypto'
import {
  constants,
  copyFileSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pino } from 'pino'
import { uuidv7 } from 'uuidv7'
import { foldVersion } from '../../../src-shared/cases/apply.ts'
import { fromIso } from '../../../src-shared/deadlines/instants.ts'
import { accountSchema } from '../../../src-shared/people/roles.ts'
import { hashPassword } from '../../../sync-server/src/auth/passwords.ts'
import { verifyRegister } from '../../../sync-server/src/cases/verify-register.ts'
import { steerableClock } from '../../../sync-server/src/clock.ts'
import { readConfig } from '../../../sync-server/src/config.ts'
import { readDemonstration, readProvince } from '../../../sync-server/src/demo/province-files.ts'
import { embeddedFile } from '../../../sync-server/src/open-store.ts'
import { createServer } from '../../../sync-server/src/server.ts'
import { openSqliteStore } from '../../../sync-server/src/store/sqlite.ts'
import { openReference } from '../../../sync-server/src/sync/open-reference.ts'
import { inventPast } from './past.ts'
import { replayQuickly } from './quick-replay.ts'

/**
 * A large and true register: so many cases of a province, told by its demonstration's people and words, decided, numbered and chained
 * by the register's own rules. The same seed gives the same histories; ids of cases are drawn from it too.
 *
 *     node tests/bench/sync/big-register.ts <dataDir> --cases 100000 [--seed 1] [--verify]
 *
 * fills a server's data folder. Benches take `bigRegister`, which keeps what it made in the machine's folder for temporary files.
 */
export const registerEndsAt = '2026-11-29T12:00:00+07:00'
export const demoPassword = 'demo-1022'

export interface BigRegister {
  readonly cases: number
  readonly events: number
}

/** A copy of its own for a bench, in a folder that the caller removes. Nothing falls due while it runs: it is Sunday noon. */
export async function bigRegister(cases: number, seed = 1): Promise<BigRegister & { readonly dataDir: string }> {
  const kept = join(tmpdir(), 'bt1022-bench', `register-${cases}-${seed}-${versionOfMaking()}`)
  const facts = join(kept, 'facts.json')
  if (!existsSync(facts)) {
    mkdirSync(kept, { recursive: true })
    const making = mkdtempSync(`${kept}-`)
    const made = await fillRegister(making, cases, seed)
    writeFileSync(join(making, 'facts.json'), JSON.stringify(made))
    rmSync(kept, { recursive: true, force: true })
    renameSync(making, kept)
  }
  const dataDir = mkdtempSync(join(tmpdir(), 'bt1022-bench-server-'))
  copyFileSync(embeddedFile({ dataDir: kept }), embeddedFile({ dataDir }), constants.COPYFILE_FICLONE)
  return { ...(JSON.parse(readFileSync(facts, 'utf8')) as BigRegister), dataDir }
}

export async function fillRegister(dataDir: string, cases: number, seed = 1): Promise<BigRegister> {
  mkdirSync(dataDir, { recursive: true })
  const config = readConfig({ BT1022_DATA_DIR: dataDir, BT1022_PORT: '0' })
  const until = fromIso(registerEndsAt)
  const clock = { now: () => until }
  const store = await openSqliteStore(embeddedFile(config))
  if (!(await store.read.register.isEmpty())) throw new Error(`the register in ${dataDir} is not empty`)
  const reference = await openReference(store, readProvince(config), clock)
  const demonstration = readDemonstration(config)
  const passwordHash = await hashPassword(demoPassword)
  await store.write(async (tx) => {
    for (const account of demonstration.accounts) {
      const { title, phone } = account
      await tx.people.putAccount({ ...accountSchema.parse(account), title, phone, passwordHash, isDisabled: false }, 0)
    }
    await tx.reference.putPart('fold-version', String(foldVersion))
  })
  const past = inventPast({ cases, seed, until, reference, demonstration })
  await replayQuickly(past, { store, reference, until })
  const events = await store.read.register.lastSeq()
  await store.close()
  await settle(dataDir)
  return { cases, events }
}

/** A server's first minute with it, so that no bench pays for it: open clocks counted, what is due taken. */
async function settle(dataDir: string): Promise<void> {
  const config = readConfig({ BT1022_DATA_DIR: dataDir, BT1022_PORT: '0', BT1022_LINE_ENABLED: 'false' })
  const clock = steerableClock()
  clock.setTo(fromIso(registerEndsAt))
  const server = await createServer(config, {
    clock,
    newId: uuidv7,
    log: pino({ level: 'error' }),
    every: () => () => {},
  })
  await server.deps.keeper.tick()
  await server.close()
}

/** What a register was made by: where any of it changes, it is made anew. */
function versionOfMaking(): string {
  const root = resolve(import.meta.dirname, '../../..')
  const files = [
    ...['agenda', 'big-register', 'past', 'quick-replay'].map((name) => `tests/bench/sync/${name}.ts`),
    ...globSync('sync-server/src/store/migrations/*.ts', { cwd: root }).sort(),
  ]
  const hash = createHash('sha256').update(String(foldVersion))
  for (const file of files) hash.update(readFileSync(join(root, file)))
  return hash.digest('hex').slice(0, 12)
}

if (process.argv[1] === import.meta.filename) {
  const option = (name: string) => {
    const at = process.argv.indexOf(`--${name}`)
    return at < 0 ? undefined : process.argv[at + 1]
  }
  const dataDir = resolve(process.argv[2] ?? 'data/server')
  const from = performance.now()
  const made = await fillRegister(dataDir, Number(option('cases') ?? '10000'), Number(option('seed') ?? '1'))
  console.log({ dataDir, ...made, seconds: Math.round((performance.now() - from) / 100) / 10 })
  if (process.argv.includes('--verify')) {
    const store = await openSqliteStore(embeddedFile({ dataDir }))
    console.log(await verifyRegister(store.read))
    await store.close()
  }
}
