import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { descendants, isAlive, needWindows, root, run, temporary, windows } from './running.ts'

const patient = 120_000
const { dir, remove } = temporary()
let at = 0
/** A folder of its own for each start. */
const fresh = () => {
  at += 1
  const path = join(dir, String(at))
  mkdirSync(path)
  return path
}

beforeAll(needWindows, patient)
afterAll(remove)

/** `npm start` that must not come up: what it said on the way out. */
async function refused(settings: Record<string, string>): Promise<string> {
  const started = run(['src-main/start.ts'], {
    BT1022_RENDERED_DIR: windows,
    BT1022_START_DATA: join(dir, 'none'),
    BT1022_PORT: '0',
    BT1022_DESK_PORT: '0',
    ...settings,
  })
  const code = await Promise.race([
    started.ended,
    started.until(/Ctrl-C để dừng tất cả/).then(
      () => 'it came up' as const,
      () => started.ended,
    ),
  ])
  if (code === 'it came up') {
    started.process.kill('SIGTERM')
    await started.ended
  }
  expect(code).toBe(2)
  const said = started.said()
  expect(said).not.toMatch(/^\s+at /m)
  expect(said).not.toMatch(/\b\w*Error:/)
  return said
}

describe('settings and files that will not do: file, place, reason, what to do', () => {
  const damaged = (path: string, edit: (text: string) => string) => {
    const resources = fresh()
    cpSync(join(root, 'resources'), resources, { recursive: true })
    const file = join(resources, path)
    const before = readFileSync(file, 'utf8')
    const after = edit(before)
    expect(after).not.toBe(before)
    writeFileSync(file, after)
    return { BT1022_RESOURCES_DIR: resources }
  }

  test(
    'a wrong value in the policy file',
    async () => {
      const said = await refused(
        damaged('policies/dong-thap.json', (text) => text.replace('"headReading": "R1"', '"headReading": "R9"')),
      )
      expect(said).toMatch(/Tệp quy chế \S+dong-thap\.json không dùng được, tại \S*headReading: .*Hãy sửa tệp/)
    },
    patient,
  )

  test(
    'a policy file that is no JSON, with the line',
    async () => {
      const said = await refused(damaged('policies/dong-thap.json', (text) => text.replace(':', '')))
      expect(said).toMatch(
        /dong-thap\.json không dùng được, tại dòng \d+, cột \d+: không phải JSON hợp lệ.*Hãy sửa tệp/,
      )
    },
    patient,
  )

  test(
    'a day that ends before it begins in the calendar file',
    async () => {
      const said = await refused(
        damaged('calendars/dong-thap-offices.json', (text) => text.replace('07:00-11:30', '11:30-07:00')),
      )
      expect(said).toMatch(/Tệp lịch làm việc \S+dong-thap-offices\.json không dùng được: .*Hãy sửa tệp/)
    },
    patient,
  )

  test(
    'a setting that nobody knows',
    async () => {
      const config = join(fresh(), 'may-chu.json')
      writeFileSync(config, '{ "cong": 10220 }')
      expect(await refused({ BT1022_CONFIG: config })).toContain(
        `Cấu hình sai trong ${config}: không có mục nào tên là "cong".`,
      )
    },
    patient,
  )

  test(
    'a port that is no port',
    async () => {
      expect(await refused({ BT1022_PORT: '99999' })).toMatch(/BT1022_PORT.*99999.*0 đến 65535/)
      expect(await refused({ BT1022_START_DATA: fresh(), BT1022_DESK_PORT: 'mot' })).toContain(
        'BT1022_DESK_PORT phải là một số nguyên từ 0 đến 65535',
      )
    },
    patient,
  )

  test(
    'a data folder that cannot be written',
    async () => {
      const blocked = join(fresh(), 'tep')
      writeFileSync(blocked, 'a file where a folder should be')
      const said = await refused({ BT1022_START_DATA: blocked })
      expect(said).toContain(`Không ghi được vào thư mục dữ liệu ${join(blocked, 'server')}`)
      expect(said).toContain('Hãy kiểm tra quyền ghi')
      expect(readFileSync(blocked, 'utf8')).toBe('a file where a folder should be')
    },
    patient,
  )

  test(
    'a data folder of the desk that cannot be written ends the server too',
    async () => {
      const data = fresh()
      writeFileSync(join(data, 'desk'), '')
      expect(await refused({ BT1022_START_DATA: data })).toContain(
        `Không ghi được vào thư mục dữ liệu của bàn trực ${join(data, 'desk')}`,
      )
      expect(descendants(process.pid).filter((pid) => isAlive(pid) && commandOf(pid).includes(data))).toEqual([])
    },
    patient,
  )
})

describe('the register of the server', () => {
  const register = (data: string) => join(data, 'server', 'register.sqlite')

  test(
    'torn bytes: said plainly, and not overwritten',
    async () => {
      const data = fresh()
      mkdirSync(join(data, 'server'))
      writeFileSync(register(data), 'this is not a database, whatever its name says\n'.repeat(200))
      const before = readFileSync(register(data))
      const said = await refused({ BT1022_START_DATA: data })
      expect(said).toMatch(/Sổ đăng ký \S+register\.sqlite bị hỏng .*không ghi đè.*phục hồi bản sao lưu/)
      expect(readFileSync(register(data)).equals(before)).toBe(true)
    },
    patient,
  )

  test(
    'one torn page in the middle is found at the start, before anything is written',
    async () => {
      const data = fresh()
      await fill(data)
      const bytes = readFileSync(register(data))
      const size = bytes.readUInt16BE(16)
      for (let page = 3; page < 40; page += 1) bytes.fill(0xee, page * size, page * size + size / 2)
      writeFileSync(register(data), bytes)
      expect(await refused({ BT1022_START_DATA: data })).toMatch(/Sổ đăng ký \S+register\.sqlite bị hỏng/)
      expect(readFileSync(register(data)).equals(bytes)).toBe(true)
    },
    patient,
  )

  test(
    'written by a newer server: said plainly, and left alone',
    async () => {
      const data = fresh()
      await fill(data)
      const db = new Database(register(data))
      db.prepare('INSERT INTO kysely_migration (name, timestamp) VALUES (?, ?)').run(
        '0999-later',
        '2030-01-01T00:00:00Z',
      )
      db.close()
      const before = readFileSync(register(data))
      const said = await refused({ BT1022_START_DATA: data })
      expect(said).toMatch(/do một phiên bản máy chủ mới hơn ghi \(bước 0999-later\).*giữ nguyên/)
      expect(readFileSync(register(data)).equals(before)).toBe(true)
    },
    patient,
  )

  /** A register with the demonstration in it, its server ended. */
  async function fill(data: string): Promise<void> {
    const server = run(['sync-server/src/main.ts'], {
      BT1022_DATA_DIR: join(data, 'server'),
      BT1022_DEMO: 'true',
      BT1022_PORT: '0',
    })
    await server.until(/"listening"/)
    server.process.kill('SIGTERM')
    expect(await server.ended).toBe(0)
  }
})

test(
  'the desk: a local database of a newer desk is not opened and not touched',
  async () => {
    const data = fresh()
    const file = join(data, 'ban-truc.sqlite')
    const db = new Database(file)
    db.pragma('journal_mode = WAL')
    db.exec('CREATE TABLE outbox (n INTEGER); INSERT INTO outbox VALUES (7)')
    db.pragma('user_version = 999')
    db.close()
    const before = readFileSync(file)
    const desk = run(['src-main/browser-host.ts', '--data', data, '--server', 'http://127.0.0.1:9', '--port', '0'], {})
    expect(await desk.ended).toBe(2)
    const { failed } = JSON.parse(desk.said()) as { failed: string }
    expect(failed).toContain(`Dữ liệu của bàn trực trong ${data} do một phiên bản mới hơn ghi`)
    expect(failed).toContain('hãy cập nhật bàn trực')
    expect(readFileSync(file).equals(before)).toBe(true)
  },
  patient,
)

const commandOf = (pid: number): string => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  } catch {
    return ''
  }
}
