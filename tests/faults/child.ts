import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const tied = existsSync('/usr/bin/setpriv') ? ['/usr/bin/setpriv', '--pdeathsig', 'KILL'] : []

// A thousand starts: each takes what an earlier one compiled. Node keeps it when a process ends, not when it is killed.
const NODE_COMPILE_CACHE = join(tmpdir(), 'bt1022-compiled')

/** A process that ends with the tests, also where they are killed. @param under what it runs under, such as `strace …` */
export function spawnTied(
  command: readonly string[],
  { env = {}, under = [], stdio }: { env?: Record<string, string>; under?: readonly string[]; stdio: StdioOptions },
): ChildProcess {
  const [program, ...args] = [...tied, ...under, ...command]
  return spawn(program!, args, { env: { NODE_COMPILE_CACHE, ...process.env, ...env }, stdio })
}

/** SIGKILL, and over when this resolves: its files and its sockets are nobody's any more. */
export async function killNow(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  await ended
}
