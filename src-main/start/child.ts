import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { z } from 'zod'

export interface Child {
  readonly name: string
  readonly process: ChildProcess
  readonly ended: Promise<number | null>
  stop(): Promise<void>
}

const graceMs = 5_000

export function startChild(
  name: string,
  args: readonly string[],
  options: { cwd: string; env: Readonly<Record<string, string | undefined>>; command?: string },
): Child {
  const child = spawn(options.command ?? process.execPath, args, {
    cwd: options.cwd,
    env: options.env as NodeJS.ProcessEnv,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = new Promise<number | null>((resolve) => {
    child.once('exit', (code) => resolve(code))
    child.once('error', () => resolve(127))
  })
  return {
    name,
    process: child,
    ended,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return
      child.kill('SIGTERM')
      const tooLong = setTimeout(() => child.kill('SIGKILL'), graceMs)
      await ended
      clearTimeout(tooLong)
    },
  }
}

const lineSchema = z.union([z.object({ listening: z.url() }), z.object({ failed: z.string() })])

/**
 * Each part says on its first line of JSON where it listens, or why it does not.
 * @throws Error with the part's own words when it stops before that.
 */
export async function firstLine(child: Child, name: string): Promise<{ listening: string }> {
  const lines = createInterface({ input: child.process.stdout! })
  const said = (async () => {
    for await (const line of lines) {
      const parsed = lineSchema.safeParse(parse(line))
      if (!parsed.success) continue
      if ('failed' in parsed.data) throw new Error(parsed.data.failed)
      return parsed.data
    }
    throw new Error(`Chưa chạy được: ${name} đã dừng khi đang khởi động, lý do ở các dòng trên.`)
  })()
  const result = await said
  // Whatever it says later is the reader's to see.
  child.process.stdout?.pipe(process.stdout)
  return result
}

const parse = (line: string): unknown => {
  try {
    return JSON.parse(line)
  } catch {
    return null
  }
}
