import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

export const root = resolve(import.meta.dirname, '../../..')
const main = join(root, 'sync-server/src/deadlines/command-line/main.ts')
export const offices = join(root, 'resources/calendars/dong-thap-offices.json')
export const centres = join(root, 'resources/calendars/dong-thap-service-centres.json')

export interface Ended {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** Runs the command as a process of its own, as an outsider does, in Vietnamese unless the environment says otherwise. */
export function clock(
  args: readonly string[],
  input: string | Buffer = '',
  env: NodeJS.ProcessEnv = {},
): Promise<Ended> {
  return run(process.execPath, [main, ...args], input, env)
}

export function run(
  command: string,
  args: readonly string[],
  input: string | Buffer,
  env: NodeJS.ProcessEnv,
  cwd = root,
): Promise<Ended> {
  return new Promise((done, failed) => {
    const child = spawn(command, args, { cwd, env: { ...process.env, LC_ALL: 'C.UTF-8', ...env } })
    const parts = { out: [] as Buffer[], err: [] as Buffer[] }
    child.stdout.on('data', (part: Buffer) => parts.out.push(part))
    child.stderr.on('data', (part: Buffer) => parts.err.push(part))
    child.once('error', failed)
    child.once('close', (code) => {
      done({ code, out: Buffer.concat(parts.out).toString('utf8'), err: Buffer.concat(parts.err).toString('utf8') })
    })
    // A command that refuses at once does not read what it is sent.
    child.stdin.on('error', () => {})
    child.stdin.end(input)
  })
}

/** A folder of calendar files, removed by whoever made it. */
export function calendarFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'bt1022-clock-'))
  return {
    folder,
    write(name: string, content: unknown): string {
      const file = join(folder, name)
      writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content))
      return file
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** The lines of a batch: each request and, parsed, what answered it. */
export async function batch(calendar: string, requests: readonly (object | string)[], args: string[] = []) {
  const input = requests.map((each) => (typeof each === 'string' ? each : JSON.stringify(each))).join('\n')
  const ended = await clock(['batch', '--calendar', calendar, ...args], input)
  return {
    ...ended,
    answers: ended.out
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as Record<string, unknown>),
  }
}
