import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import pg from 'pg'

/** A PostgreSQL of the tests' own, on a socket in a folder of its own: no port, no password, no other user. */
export interface Cluster {
  /** A new empty database; its address. */
  database(): Promise<string>
  /** A connection to look at or disturb a database from outside. */
  client(url: string): Promise<pg.Client>
  /** `immediate` is what a power cut does to it. */
  stop(how: 'fast' | 'immediate'): Promise<void>
  start(): Promise<void>
  remove(): Promise<void>
}

const binaries = findBinaries()

/** Why the tests that need PostgreSQL are skipped; null where it is installed. */
export const noPostgres: string | null = binaries === null ? 'PostgreSQL (initdb, postgres) is not installed' : null
if (noPostgres !== null) console.log(`Skipped: ${noPostgres}.`)

/**
 * Made for another language than the register's, so that whatever relies on the order of the cluster shows.
 * @param isDurable with fsync, for tests that cut its power
 */
export async function startCluster({ isDurable = false } = {}): Promise<Cluster> {
  if (binaries === null) throw new Error(noPostgres!)
  const user = unprivileged()
  const dir = mkdtempSync(join(reachable(tmpdir()) ? tmpdir() : '/tmp', 'bt1022-pg-'))
  if (user !== null) chownSync(dir, user.uid, user.gid)
  const data = join(dir, 'data')
  const as = user === null ? {} : { uid: user.uid, gid: user.gid }
  const made = spawnSync(
    join(binaries, 'initdb'),
    [
      '-D',
      data,
      '-U',
      'bt1022',
      '-A',
      'trust',
      '-E',
      'UTF8',
      ...(isDurable ? [] : ['--no-sync']),
      '--no-instructions',
      ...anotherOrder(),
    ],
    { ...as, cwd: dir, encoding: 'utf8' },
  )
  if (made.status !== 0) throw new Error(`initdb: ${made.stderr}`)

  let process: ChildProcess | null = null
  let databases = 0
  const address = (database: string) => `postgres://bt1022@${encodeURIComponent(dir)}/${database}`
  const client = async (url: string): Promise<pg.Client> => {
    const made = new pg.Client({ connectionString: url })
    made.on('error', () => undefined)
    await made.connect()
    return made
  }
  const start = async (): Promise<void> => {
    const settings = [
      'listen_addresses=',
      `unix_socket_directories=${dir}`,
      'max_connections=200',
      'log_min_messages=fatal',
    ]
    if (!isDurable) settings.push('fsync=off', 'full_page_writes=off', 'synchronous_commit=on')
    const args = ['-D', data, ...settings.flatMap((setting) => ['-c', setting])]
    const postgres = join(binaries, 'postgres')
    // It ends with the tests, also where they are killed.
    const tied = existsSync('/usr/bin/setpriv')
    process = tied
      ? spawn('/usr/bin/setpriv', ['--pdeathsig', 'QUIT', postgres, ...args], { ...as, cwd: dir, stdio: 'ignore' })
      : spawn(postgres, args, { ...as, cwd: dir, stdio: 'ignore' })
    const probe = await untilReady(process, () => client(address('postgres')))
    await probe.end()
  }
  const stop: Cluster['stop'] = async (how) => {
    if (process === null || process.exitCode !== null || process.signalCode !== null) return
    const ended = once(process, 'exit')
    process.kill(how === 'fast' ? 'SIGINT' : 'SIGQUIT')
    await ended
  }
  await start()
  return {
    client,
    start,
    stop,
    async database() {
      databases += 1
      const admin = await client(address('postgres'))
      await admin.query(`create database register_${databases}`)
      await admin.end()
      return address(`register_${databases}`)
    },
    async remove() {
      await stop('immediate')
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

async function untilReady(process: ChildProcess, connect: () => Promise<pg.Client>): Promise<pg.Client> {
  for (;;) {
    if (process.exitCode !== null) throw new Error(`postgres ended with ${process.exitCode}`)
    try {
      return await connect()
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }
}

/** On the path, or where Debian puts each version, the newest first. */
function findBinaries(): string | null {
  const debian = '/usr/lib/postgresql'
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : []
  const dirs = [...versions.map((version) => join(debian, version, 'bin')), ...(process.env.PATH ?? '').split(':')]
  return dirs.find((dir) => existsSync(join(dir, 'initdb')) && existsSync(join(dir, 'postgres'))) ?? null
}

/** PostgreSQL does not run as root: then as its own user, or as nobody. */
function unprivileged(): { uid: number; gid: number } | null {
  if (process.getuid?.() !== 0) return null
  const users = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
  const user = users.find(([name]) => name === 'postgres') ?? users.find(([name]) => name === 'nobody')
  return { uid: Number(user?.[2] ?? 65_534), gid: Number(user?.[3] ?? 65_534) }
}

/** Whether another user may go into the folder. */
function reachable(dir: string): boolean {
  if (process.getuid?.() !== 0) return true
  const isOpen = (statSync(dir).mode & 0o001) !== 0
  return isOpen && (dir === dirname(dir) || reachable(dirname(dir)))
}

/** Vietnamese dictionary order where the installation knows it (PostgreSQL 15 and later): the register's own order is that of bytes. */
function anotherOrder(): string[] {
  const help = spawnSync(join(binaries!, 'initdb'), ['--help'], { encoding: 'utf8' }).stdout
  return help.includes('--icu-locale') ? ['--locale-provider=icu', '--icu-locale=vi-VN', '--locale=C'] : ['--locale=C']
}
