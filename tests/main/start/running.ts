import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { build } from '../../../src-main/start/build.ts'

export const root = resolve(import.meta.dirname, '../../..')
export const windows = join(root, 'out/renderer')

/** A program as a person starts it, with what it wrote on the console. */
export interface Started {
  readonly process: ChildProcess
  said(): string
  /** Resolves when the console shows it. @throws Error with all that was said when the program ends before. */
  until(words: RegExp): Promise<RegExpExecArray>
  readonly ended: Promise<number | null>
}

export async function needWindows(): Promise<void> {
  if (!existsSync(join(windows, 'console.html'))) await build(root)
}

export const temporary = (): { dir: string; remove(): void } => {
  const dir = mkdtempSync(join(tmpdir(), 'bt1022-start-'))
  return { dir, remove: () => rmSync(dir, { recursive: true, force: true }) }
}

/** `npm start` and its parts: Node with these arguments, and no setting of this machine beyond the ones given. */
export function run(args: readonly string[], settings: Readonly<Record<string, string>>): Started {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !name.startsWith('BT1022_') && name !== 'DISPLAY' && name !== 'WAYLAND_DISPLAY',
  )
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: { ...Object.fromEntries(inherited), ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let text = ''
  let isOver = false
  const listeners = new Set<() => void>()
  const heard = (chunk?: Buffer) => {
    if (chunk) text += chunk.toString()
    for (const listener of listeners) listener()
  }
  child.stdout.on('data', heard)
  child.stderr.on('data', heard)
  const ended = new Promise<number | null>((done) => {
    child.once('close', (code) => {
      isOver = true
      heard()
      done(code)
    })
  })
  return {
    process: child,
    said: () => text,
    ended,
    until: (words) =>
      new Promise((done, failed) => {
        const look = () => {
          const found = words.exec(text)
          if (found === null && !isOver) return
          listeners.delete(look)
          if (found) done(found)
          else failed(new Error(`it ended without saying ${words}:\n${text}`))
        }
        listeners.add(look)
        look()
      }),
  }
}

export async function freePort(): Promise<number> {
  const held = await holdPort(0)
  await held.release()
  return held.port
}

/** Another program on a port of this machine: it takes connections and says nothing. */
export function holdPort(port: number): Promise<{ port: number; release(): Promise<void> }> {
  const server = createServer((socket) => socket.end())
  return new Promise((done, failed) => {
    server.once('error', failed)
    server.listen(port, '127.0.0.1', () => {
      const address = server.address() as { port: number }
      done({ port: address.port, release: () => new Promise((closed) => server.close(() => closed())) })
    })
  })
}

/** Every process below this one, by its id (Linux: `/proc`). */
export function descendants(pid: number): number[] {
  const parents = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        // The name of the program stands in brackets and may hold anything; the parent is the second field after them.
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8')
        return [{ pid: Number(name), parent: Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) }]
      } catch {
        return []
      }
    })
  const below = (parent: number): number[] =>
    parents.filter((each) => each.parent === parent).flatMap((each) => [each.pid, ...below(each.pid)])
  return below(pid)
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
