import { type ChildProcess, fork } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { builtChild } from './built.ts'

/** One thing that is measured has a process of its own: its memory and its processor time are nobody else's. */
export interface Child extends Usage {
  /** @throws Error with the child's own stack */
  ask<T>(verb: string, input?: object): Promise<T>
  stop(): Promise<void>
}

/** What a process has taken since it began, as Linux counts it. */
export interface Usage {
  cpuSeconds(): number
  /** The most memory it ever had, in MB of a million bytes. */
  peakMb(): number
}

/** @param module one that calls `answerParent`, relative to this folder. */
export async function openChild(module: string, execArgv: readonly string[] = []): Promise<Child> {
  const child = fork(await builtChild(module), [], {
    execArgv: [...execArgv],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const asked = new Map<number, PromiseWithResolvers<unknown>>()
  const ready = Promise.withResolvers<unknown>()
  asked.set(0, ready)
  child.on('message', ({ id, value, failure }: { id: number; value?: unknown; failure?: string }) => {
    if (failure === undefined) asked.get(id)?.resolve(value)
    else asked.get(id)?.reject(new Error(`${module}: ${failure}`))
    asked.delete(id)
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  void ended.then(() => {
    for (const each of asked.values()) each.reject(new Error(`${module} has ended`))
  })
  await ready.promise
  let id = 0
  return {
    ...usageOf(child),
    ask<T>(verb: string, input: object = {}) {
      id += 1
      const answer = Promise.withResolvers<unknown>()
      asked.set(id, answer)
      child.send({ id, verb, input })
      return answer.promise as Promise<T>
    },
    async stop() {
      if (child.connected) child.disconnect()
      const tooLong = setTimeout(() => child.kill('SIGKILL'), 5_000)
      await ended
      clearTimeout(tooLong)
    },
  }
}

const ticksPerSecond = 100

export function usageOf({ pid }: Pick<ChildProcess, 'pid'>): Usage {
  return {
    cpuSeconds() {
      // The name may hold spaces, and nothing after its bracket does.
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ')
      return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond
    },
    peakMb() {
      const kib = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]
      return (Number(kib) * 1024) / 1e6
    },
  }
}
