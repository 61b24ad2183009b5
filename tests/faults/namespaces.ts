import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

const programs = ['ip', 'tc', 'iptables']
// Debian keeps these off the path of those who are not root.
const env = { ...process.env, PATH: `${process.env.PATH}:/usr/sbin:/sbin` }
const where = (name: string) => env.PATH.split(':').find((dir) => existsSync(`${dir}/${name}`))
const ip = `${where('ip')}/ip`

/** Why what needs networks of its own is skipped; null where they can be made. */
export const noNamespaces: string | null = findReason()
if (noNamespaces !== null) console.log(`Skipped: ${noNamespaces}.`)

/**
 * Two networks with one wire between them and nothing else: neither reaches this machine's network, nor it them.
 * The server stands in one and the desk in the other.
 */
export interface Wire {
  readonly serverAddress: string
  /** What a process runs under to stand there. */
  readonly atServer: readonly string[]
  readonly atDesk: readonly string[]
  /** So many of a hundred packets are lost, each way. */
  lose(percent: number): void
  /** For example `1mbit`, each way. */
  limit(rate: string): void
  /** Bytes that the desk's end has sent and received, headers and all. */
  bytes(): { readonly up: number; readonly down: number }
  pull(): void
  plug(): void
  remove(): void
}

let wires = 0

export function openWire(): Wire {
  wires += 1
  const name = `bt${process.pid}-${wires}`
  const ends = { server: `${name}-s`, desk: `${name}-d` }
  // 198.18.0.0/15 is kept for the testing of networks (RFC 2544).
  const addresses = { server: '198.18.0.1', desk: '198.18.0.2' }
  const inside = (end: 'server' | 'desk', ...command: string[]) => run('ip', 'netns', 'exec', ends[end], ...command)
  for (const end of ['server', 'desk'] as const) {
    run('ip', 'netns', 'add', ends[end])
    inside(end, 'ip', 'link', 'set', 'lo', 'up')
  }
  run('ip', '-n', ends.server, 'link', 'add', 'wire', 'type', 'veth', 'peer', 'name', 'wire', 'netns', ends.desk)
  for (const end of ['server', 'desk'] as const) {
    inside(end, 'ip', 'address', 'add', `${addresses[end]}/30`, 'dev', 'wire')
    inside(end, 'ip', 'link', 'set', 'wire', 'up')
  }
  return {
    serverAddress: addresses.server,
    atServer: [ip, 'netns', 'exec', ends.server],
    atDesk: [ip, 'netns', 'exec', ends.desk],
    bytes() {
      const said = execFileSync(ip, ['-n', ends.desk, '-s', '-j', 'link', 'show', 'wire'], { encoding: 'utf8' })
      const [{ stats64 }] = JSON.parse(said) as [{ stats64: { rx: { bytes: number }; tx: { bytes: number } } }]
      return { up: stats64.tx.bytes, down: stats64.rx.bytes }
    },
    lose(percent) {
      for (const end of ['server', 'desk'] as const) {
        inside(end, 'iptables', '-F', 'INPUT')
        if (percent === 0) continue
        const rule = ['-i', 'wire', '-m', 'statistic', '--mode', 'random', '--probability', String(percent / 100)]
        inside(end, 'iptables', '-A', 'INPUT', ...rule, '-j', 'DROP')
      }
    },
    limit(rate) {
      for (const end of ['server', 'desk'] as const) {
        inside(end, 'tc', 'qdisc', 'replace', 'dev', 'wire', 'root', 'tbf', ...shaped(rate))
      }
    },
    pull: () => inside('desk', 'ip', 'link', 'set', 'wire', 'down'),
    plug: () => inside('desk', 'ip', 'link', 'set', 'wire', 'up'),
    remove() {
      for (const end of Object.values(ends)) spawnSync('ip', ['netns', 'del', end], { env })
    },
  }
}

const shaped = (rate: string) => ['rate', rate, 'burst', '16kb', 'latency', '400ms']

function run(program: string, ...args: string[]): void {
  execFileSync(program, args, { env, stdio: ['ignore', 'ignore', 'pipe'] })
}

function findReason(): string | null {
  const missing = programs.filter((name) => where(name) === undefined)
  if (missing.length > 0) return `${missing.join(', ')} not installed`
  if (process.getuid?.() !== 0) return 'only root may make network namespaces'
  const name = `bt${process.pid}-try`
  const made = spawnSync('ip', ['netns', 'add', name], { env, encoding: 'utf8' })
  if (made.status !== 0) return `no network namespaces here: ${made.stderr.trim()}`
  const loses = ['-A', 'INPUT', '-m', 'statistic', '--mode', 'random', '--probability', '0.2', '-j', 'DROP']
  const tried = spawnSync('ip', ['netns', 'exec', name, 'iptables', ...loses], { env, encoding: 'utf8' })
  spawnSync('ip', ['netns', 'del', name], { env })
  return tried.status === 0 ? null : `iptables cannot lose packets here: ${tried.stderr.trim()}`
}
