import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline'
import type { BridgeCall, BridgeInput, BridgeOutput, DeskState } from '../../src-shared/bridge.ts'
import { killNow, spawnTied } from './child.ts'

const program = resolve(import.meta.dirname, 'desk-process.ts')

/** The desk's process ended before it answered: whether it did what was asked, nobody was told. */
export class DeskDied extends Error {}

/** The desk answered that it failed, with a code for the words. */
export class CallRefused extends Error {
  readonly code: string
  constructor(code: string, message: string) {
    super(`${code}: ${message}`)
    this.code = code
  }
}

/** A desk in a process of its own, as its window sees it. */
export interface RunningDesk {
  readonly child: ChildProcess
  /** @throws CallRefused, DeskDied */
  call<C extends BridgeCall>(name: C, input: BridgeInput<C>): Promise<BridgeOutput<C>>
  /** Resolves when the state is as wanted; looks at each announcement. @throws DeskDied */
  until(is: (state: DeskState) => boolean): Promise<DeskState>
  state(): DeskState | null
  /** From now on. */
  setClock(clock: DeskTime): void
  /** What it logged as an error: a bug, unless a fault was made on purpose. */
  readonly errors: string[]
  isDead(): boolean
  kill(): Promise<void>
  /** Ends it as a person does. */
  close(): Promise<void>
}

/** Time that has passed beyond the machine's own, and by how much the computer's clock is wrong. */
export interface DeskTime {
  readonly passedMs: number
  readonly wrongByMs: number
}

export interface DeskOptions {
  readonly dataDir: string
  readonly server: string
  readonly clock?: DeskTime
  /** What it runs under: `strace …`, `ip netns exec …`. */
  readonly under?: readonly string[]
}

/** @throws DeskDied when it ends before it has opened. */
export async function startDesk({
  dataDir,
  server,
  clock = { passedMs: 0, wrongByMs: 0 },
  under = [],
}: DeskOptions): Promise<RunningDesk> {
  const child = spawnTied(
    [process.execPath, program, '--data', dataDir, '--server', server, '--clock', JSON.stringify(clock)],
    { under, stdio: ['pipe', 'pipe', 'inherit'] },
  )
  const waiting = new Map<number, { done(value: never): void; failed(error: Error): void }>()
  const watchers = new Set<(state: DeskState) => void>()
  const errors: string[] = []
  const opened = Promise.withResolvers<void>()
  const died = Promise.withResolvers<never>()
  died.promise.catch(() => {})
  opened.promise.catch(() => {})
  let state: DeskState | null = null
  let isDead = false
  child.stdin!.on('error', () => {})

  const lines = createInterface({ input: child.stdout! })
  lines.on('line', (line) => {
    const said = parse(line)
    // Cut in the middle by its death: it said nothing.
    if (said === null) return
    if (said.opened !== undefined) opened.resolve()
    else if (said.log !== undefined) said.log === 'error' && errors.push(`${said.what} ${JSON.stringify(said.about)}`)
    else if (said.announce === 'desk.state') {
      state = said.data as DeskState
      for (const watcher of [...watchers]) watcher(state)
    } else if (said.id !== undefined) {
      const asked = waiting.get(said.id)
      waiting.delete(said.id)
      if (said.ok) asked?.done(said.value as never)
      else asked?.failed(new CallRefused(said.error!.code, said.error!.message))
    }
  })
  // After the last line that was in the pipe.
  lines.on('close', () => {
    isDead = true
    const error = new DeskDied(`the desk of ${dataDir} ended`)
    died.reject(error)
    opened.reject(error)
    for (const asked of waiting.values()) asked.failed(error)
    waiting.clear()
  })
  await opened.promise

  let id = 0
  const call: RunningDesk['call'] = (name, input) =>
    new Promise((done, failed) => {
      if (isDead) return failed(new DeskDied(`the desk of ${dataDir} ended`))
      id += 1
      waiting.set(id, { done, failed })
      child.stdin!.write(`${JSON.stringify({ id, call: name, input })}\n`)
    })
  return {
    child,
    call,
    errors,
    state: () => state,
    isDead: () => isDead,
    setClock: (to) => void child.stdin!.write(`${JSON.stringify({ clock: to })}\n`),
    async until(is) {
      const seen = Promise.withResolvers<DeskState>()
      const watcher = (next: DeskState) => is(next) && seen.resolve(next)
      // Before it is asked: what is announced while an answer is under way is newer than the answer.
      watchers.add(watcher)
      try {
        watcher(await call('desk.state', {}))
        return await Promise.race([seen.promise, died.promise])
      } finally {
        watchers.delete(watcher)
      }
    },
    async kill() {
      await killNow(child)
      if (!isDead) await once(lines, 'close')
    },
    async close() {
      if (isDead) return
      const over = once(lines, 'close')
      child.stdin!.end()
      await over
    },
  }
}

interface Said {
  readonly id?: number
  readonly ok?: boolean
  readonly value?: unknown
  readonly error?: { code: string; message: string }
  readonly announce?: string
  readonly data?: unknown
  readonly log?: string
  readonly what?: string
  readonly about?: unknown
  readonly opened?: number
}

function parse(line: string): Said | null {
  try {
    return JSON.parse(line) as Said
  } catch {
    return null
  }
}
