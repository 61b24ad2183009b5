import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  descendants,
  freePort,
  holdPort,
  isAlive,
  needWindows,
  run,
  type Started,
  temporary,
  windows,
} from './running.ts'

const patient = 120_000
const { dir, remove } = temporary()
const running: Started[] = []
const start = (settings: Record<string, string>) => {
  const started = run(['src-main/start.ts'], { BT1022_RENDERED_DIR: windows, ...settings })
  running.push(started)
  return started
}
const isUp = /Ctrl-C để dừng tất cả/

beforeAll(needWindows, patient)
afterAll(async () => {
  for (const each of running) each.process.kill('SIGTERM')
  await Promise.all(running.map((each) => each.ended))
  remove()
}, patient)

describe('npm start', () => {
  let port: number
  let deskPort: number
  let first: Started
  let below: number[]

  test(
    'the server, the line and the desk come up; addresses and people to sign in as are printed',
    async () => {
      port = await freePort()
      deskPort = await freePort()
      first = start({
        BT1022_START_DATA: join(dir, 'data'),
        BT1022_PORT: String(port),
        BT1022_DESK_PORT: String(deskPort),
      })
      await first.until(isUp)
      const said = first.said()
      const console = new RegExp(`http://127\\.0\\.0\\.1:${deskPort}/console\\.html#token=\\S+`).exec(said)![0]
      for (const path of ['/goi', '/', '/agency/']) expect(said).toContain(`http://127.0.0.1:${port}${path}\n`)
      expect(said).toMatch(/ha\.lt\s+\S.*tổng đài viên/)
      for (const role of ['trưởng ca', 'Thủ trưởng đơn vị', 'quản trị hệ thống']) expect(said).toContain(role)
      expect(await (await fetch(console)).text()).toContain('<title>')
      const hello = (await (await fetch(`http://127.0.0.1:${port}/api/hello`)).json()) as { version: string }
      expect(hello.version).toMatch(/^\d/)
      expect((await fetch(`http://127.0.0.1:${port}/goi`)).status).toBe(200)
      // What was printed opens the door.
      const answer = await fetch(`http://127.0.0.1:${port}/api/sign-in`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ username: 'ha.lt', password: /mật khẩu .*: (\S+)\)/.exec(said)![1] }),
      })
      expect(answer.status).toBe(200)
    },
    patient,
  )

  test(
    'a second start says which port is taken by what and how to choose another, and leaves nothing running',
    async () => {
      const second = start({ BT1022_START_DATA: join(dir, 'second'), BT1022_PORT: String(port) })
      const children = watchChildren(second)
      expect(await second.ended).not.toBe(0)
      expect(second.said()).toContain(`Cổng ${port} trên 127.0.0.1 đang được một máy chủ Bàn Trực 1022`)
      expect(second.said()).toContain('BT1022_PORT')
      expectPlain(second.said())
      expect(children().length).toBeGreaterThan(0)
      expect(children().filter(isAlive)).toEqual([])
    },
    patient,
  )

  test(
    'a port of the desk that was asked for and is taken ends the start, the server included',
    async () => {
      const other = await freePort()
      const second = start({
        BT1022_START_DATA: join(dir, 'third'),
        BT1022_PORT: String(other),
        BT1022_DESK_PORT: String(deskPort),
      })
      const children = watchChildren(second)
      expect(await second.ended).not.toBe(0)
      expect(second.said()).toContain(`Cổng ${deskPort} dành cho bàn trực`)
      expect(second.said()).toContain('BT1022_DESK_PORT')
      expectPlain(second.said())
      expect(children().length).toBeGreaterThan(1)
      expect(children().filter(isAlive)).toEqual([])
      await expect(fetch(`http://127.0.0.1:${other}/api/hello`)).rejects.toThrow()
    },
    patient,
  )

  test(
    'Ctrl-C ends every process that was started',
    async () => {
      below = descendants(first.process.pid!)
      expect(below.length).toBeGreaterThanOrEqual(2)
      first.process.kill('SIGINT')
      expect(await first.ended).toBe(0)
      expect(below.filter(isAlive)).toEqual([])
      await expect(fetch(`http://127.0.0.1:${port}/api/hello`)).rejects.toThrow()
    },
    patient,
  )

  test(
    'the desk takes a free port when nobody asked for one and its own is taken',
    async () => {
      // Somebody else may hold it already, which is as good.
      const usual = await holdPort(10_221).catch(() => null)
      const again = start({ BT1022_START_DATA: join(dir, 'data'), BT1022_PORT: String(port) })
      await again.until(isUp)
      const [console, taken] = /http:\/\/127\.0\.0\.1:(\d+)\/console\.html#token=\S+/.exec(again.said())!
      expect(Number(taken)).not.toBe(10_221)
      expect((await fetch(console)).status).toBe(200)
      again.process.kill('SIGTERM')
      expect(await again.ended).toBe(0)
      await usual?.release()
    },
    patient,
  )

  test(
    'one part that dies takes the others with it, and its name is said',
    async () => {
      const whole = start({ BT1022_START_DATA: join(dir, 'data'), BT1022_PORT: '0', BT1022_DESK_PORT: '0' })
      await whole.until(isUp)
      const parts = descendants(whole.process.pid!)
      process.kill(parts[0]!, 'SIGKILL')
      expect(await whole.ended).not.toBe(0)
      expect(whole.said()).toMatch(/(máy chủ|bàn trực) đã dừng/)
      expect(parts.filter(isAlive)).toEqual([])
    },
    patient,
  )
})

/** Every child seen while it ran. */
function watchChildren(started: Started): () => number[] {
  const seen = new Set<number>()
  const look = () => {
    for (const pid of descendants(started.process.pid!)) seen.add(pid)
  }
  const timer = setInterval(look, 20)
  void started.ended.then(() => clearInterval(timer))
  return () => [...seen]
}

/** Words for a person: no stack, no code of the system without a sentence around it. */
function expectPlain(said: string): void {
  expect(said).not.toMatch(/^\s+at /m)
  expect(said).not.toMatch(/\b\w*Error:/)
}
