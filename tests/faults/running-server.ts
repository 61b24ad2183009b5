import type { ChildProcess } from 'node:child_process'
import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { openPostgresStore } from '../../sync-server/src/store/postgres.ts'
import { openSqliteStore } from '../../sync-server/src/store/sqlite.ts'
import type { Store } from '../../sync-server/src/store/store.ts'
import { startServer } from '../server/running.ts'
import { killNow, spawnTied } from './child.ts'

const main = resolve(import.meta.dirname, '../../sync-server/src/main.ts')

/** Where a register of the tests is kept: a folder, and with an address the database on PostgreSQL. */
export interface Register {
  readonly dataDir: string
  readonly databaseUrl: string | null
}

/** The sync server in a process of its own. */
export interface RunningServer {
  readonly url: string
  readonly child: ChildProcess
  /** With a steerable clock: to another instant, or so many seconds on; answers when what fell due has been done. */
  steer(to: { at: string } | { advanceSeconds: number }): Promise<void>
  isOver(): boolean
  kill(): Promise<void>
  stop(): Promise<void>
}

const environment = ({ dataDir, databaseUrl }: Register): Record<string, string> => ({
  BT1022_DATA_DIR: dataDir,
  BT1022_PORT: '0',
  BT1022_LOG: 'error',
  BT1022_LINE_ENABLED: 'false',
  ...(databaseUrl === null ? {} : { BT1022_DATABASE_URL: databaseUrl }),
})

/** A register with the accounts of the province, and no case yet. @param fill what else it begins with */
export async function prepareRegister(
  register: Register,
  { at = new Date().toISOString(), fill = async (_: Awaited<ReturnType<typeof startServer>>) => {} } = {},
): Promise<void> {
  const { BT1022_DATA_DIR, ...env } = environment(register)
  const prepared = await startServer({ dataDir: BT1022_DATA_DIR!, at, env })
  await fill(prepared)
  await prepared.close()
}

/** @throws Error when it ends before it listens. */
export async function startServerProcess(
  register: Register,
  { env = {}, under = [] }: { env?: Record<string, string>; under?: readonly string[] } = {},
): Promise<RunningServer> {
  const child = spawnTied([process.execPath, main], {
    env: { ...environment(register), ...env },
    under,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const lines = createInterface({ input: child.stdout! })
  const [line] = (await Promise.race([once(lines, 'line'), once(lines, 'close')])) as [string | undefined]
  if (line === undefined) throw new Error(`the server ended with ${child.exitCode ?? child.signalCode}`)
  const url = (JSON.parse(line) as { listening: string }).listening
  return {
    url,
    child,
    async steer(to) {
      const headers = { 'content-type': 'application/json' }
      const answer = await fetch(`${url}/test/clock`, { method: 'POST', headers, body: JSON.stringify(to) })
      if (!answer.ok) throw new Error(`the clock was not put: ${answer.status} ${await answer.text()}`)
    },
    isOver: () => child.exitCode !== null || child.signalCode !== null,
    kill: () => killNow(child),
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return
      const ended = once(child, 'exit')
      child.kill('SIGTERM')
      await ended
    },
  }
}

/** `verify`, as a person gives it, while no server runs. */
export function verify(register: Register): { ok: boolean; events?: number; cases?: number; problem?: string } {
  const env = { ...process.env, ...environment(register) }
  try {
    return JSON.parse(execFileSync(process.execPath, [main, 'verify'], { env, encoding: 'utf8' }))
  } catch (failure) {
    return { ok: false, problem: String((failure as { stdout?: string }).stdout ?? failure) }
  }
}

export const openRegisterStore = ({ dataDir, databaseUrl }: Register): Promise<Store> =>
  databaseUrl === null ? openSqliteStore(join(dataDir, 'register.sqlite')) : openPostgresStore(databaseUrl)
