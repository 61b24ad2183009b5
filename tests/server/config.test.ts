import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer as createTcp } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ConfigProblem, readConfig, withoutPassword } from '../../sync-server/src/config.ts'
import { readProvince } from '../../sync-server/src/demo/province-files.ts'

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'bt1022-config-'))
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

const file = (content: string): string => {
  const path = join(dir, 'server.json')
  writeFileSync(path, content)
  return path
}
function problem(work: () => unknown): string {
  try {
    work()
  } catch (failure) {
    if (failure instanceof ConfigProblem) return failure.message
    throw failure
  }
  throw new Error('nothing was wrong')
}

describe('the settings', () => {
  test('what stands in no file is loopback, port 10220, Vietnamese, no demonstration, the clock of the machine', () => {
    expect(readConfig({})).toMatchObject({
      host: '127.0.0.1',
      port: 10_220,
      language: 'vi',
      province: 'dong-thap',
      demo: false,
      clock: 'system',
      line: { enabled: true, queueNumber: '1022' },
    })
  })

  test('the environment overrides the file, key by key', () => {
    const config = readConfig({
      BT1022_CONFIG: file('{ "port": 8000, "line": { "offerSeconds": 10, "wrapUpSeconds": 5 } }'),
      BT1022_PORT: '9000',
      BT1022_LINE_OFFER_SECONDS: '15',
      BT1022_DEMO: 'true',
    })
    expect(config).toMatchObject({ port: 9000, demo: true, line: { offerSeconds: 15, wrapUpSeconds: 5 } })
  })

  test.each([
    ['{ "port": 70000 }', '"port" là 70000', '0 đến 65535'],
    ['{ "port": "10220" }', '"port" là "10220"', 'số nguyên'],
    ['{ "language": "fr" }', '"language" là "fr"', '"vi" hoặc "en"'],
    ['{ "clock": "sundial" }', '"clock" là "sundial"', '"steerable"'],
    ['{ "demo": "yes" }', '"demo" là "yes"', 'true hoặc false'],
    ['{ "publicUrl": "1022" }', '"publicUrl" là "1022"', 'https://'],
    ['{ "line": { "offerSeconds": 1 } }', '"line.offerSeconds" là 1', 'từ 3 đến 300'],
    ['{ "line": { "queueNumber": 1022 } }', '"line.queueNumber" là 1022', 'trong ngoặc kép'],
    ['{ "sessionHours": 0 }', '"sessionHours" là 0', 'từ 1 đến 168'],
    ['{ "prot": 1 }', 'không có mục nào tên là "prot"', ''],
    ['{ "line": { "enable": true } }', 'không có mục nào tên là "line.enable"', ''],
  ])('%s is refused by file, key, value and what is allowed', (content, said, allowed) => {
    const path = file(content)
    const message = problem(() => readConfig({ BT1022_CONFIG: path }))
    expect(message).toContain(path)
    expect(message).toContain(said)
    expect(message).toContain(allowed)
  })

  test('a bad value of the environment is named by its variable; a password is not repeated', () => {
    expect(problem(() => readConfig({ BT1022_PORT: 'http' }))).toContain('BT1022_PORT')
    const message = problem(() => readConfig({ BT1022_DEMO_PASSWORD: 'ngan' }))
    expect(message).toContain('ít nhất 8 ký tự')
    expect(message).not.toContain('ngan')
    expect(problem(() => readConfig({ BT1022_PORT: 'x', BT1022_LANGUAGE: 'en' }))).toContain('Wrong setting')
  })

  test('the address of a database: what will do, what will not, and no password repeated', () => {
    const good = ['postgres://u:p@may-chu:5432/ban_truc', 'postgresql://%2Frun%2Fpostgresql/ban_truc?sslmode=require']
    for (const url of good) expect(readConfig({ BT1022_DATABASE_URL: url }).databaseUrl).toBe(url)
    expect(readConfig({}).databaseUrl).toBeNull()
    for (const url of [
      'mysql://u:bi-mat@h/x',
      'postgres://u:bi-mat@may-chu',
      'may-chu/ban_truc',
      'postgres://u:bi#mat@h/x',
    ]) {
      const message = problem(() => readConfig({ BT1022_DATABASE_URL: url }))
      expect(message).toContain('BT1022_DATABASE_URL')
      expect(message).toContain('postgres://')
      expect(message).not.toMatch(/bi.mat/)
    }
    expect(withoutPassword('postgres://u:bi-mat@h:5432/x?password=bi-mat')).toBe('postgres://u:…@h:5432/x')
  })

  test('a file that is not there, and one that is not JSON', () => {
    expect(problem(() => readConfig({ BT1022_CONFIG: join(dir, 'none.json') }))).toContain('none.json')
    expect(problem(() => readConfig({ BT1022_CONFIG: file('{ port: 1 }') }))).toContain('không phải JSON')
  })
})

describe('the files of the province', () => {
  const resources = resolve(import.meta.dirname, '../../resources')
  const broken = (path: string, edit: (text: string) => string) => {
    cpSync(resources, dir, { recursive: true })
    writeFileSync(join(dir, path), edit(readFileSync(join(dir, path), 'utf8')))
    return problem(() => readProvince(readConfig({ BT1022_RESOURCES_DIR: dir })))
  }
  test('a wrong policy pack is named with the place and the reason', () => {
    const edit = (text: string) => text.replace('"headReading": "R1"', '"headReading": "R9"')
    expect(broken('policies/dong-thap.json', edit)).toMatch(/quy chế .*dong-thap\.json.*headReading/)
  })
  test('a wrong calendar is named', () => {
    const edit = (text: string) => text.replace('07:00-11:30', '11:30-07:00')
    expect(broken('calendars/dong-thap-offices.json', edit)).toMatch(/lịch làm việc .*dong-thap-offices\.json/)
  })
  test('an agency that works by a calendar nobody has', () => {
    const edit = (text: string) => text.replace('"calendarId": "utilities-24-7"', '"calendarId": "utilities-25-8"')
    expect(broken('demo/dong-thap/agencies.json', edit)).toContain('utilities-25-8')
  })
  test('a directory that names an agency it does not have', () => {
    const edit = (text: string) => text.replace('"parentId": "', '"parentId": "khong-co-')
    expect(broken('demo/dong-thap/agencies.json', edit)).toContain('khong-co-')
  })
})

describe('the process', () => {
  const main = resolve(import.meta.dirname, '../../sync-server/src/main.ts')
  const env = (more: Record<string, string>) => ({ ...process.env, BT1022_DATA_DIR: join(dir, 'data'), ...more })
  const run = (more: Record<string, string>, ...task: string[]) =>
    new Promise<{ code: number | null; stderr: string; stdout: string }>((done) => {
      const child = execFile(process.execPath, [main, ...task], { env: env(more) }, (_, stdout, stderr) =>
        done({ code: child.exitCode, stdout, stderr }),
      )
    })

  test('says where it listens in one line of JSON, and stops by SIGTERM with everything closed', async () => {
    const child = spawn(process.execPath, [main], {
      env: env({ BT1022_PORT: '0' }),
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string]
    const { listening } = JSON.parse(line) as { listening: string }
    expect((await fetch(`${listening}/api/hello`)).status).toBe(200)
    child.kill('SIGTERM')
    expect(await once(child, 'exit')).toEqual([0, null])
  })

  test('a busy port ends it with code 2 and words', async () => {
    const other = createTcp().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const { port } = other.address() as { port: number }
    const { code, stderr, stdout } = await run({ BT1022_PORT: String(port) })
    other.close()
    expect(code).toBe(2)
    expect(stderr).toContain(`Cổng ${port}`)
    expect(stdout).toBe('')
  })

  test('a data folder that cannot be written, or a register that is no database', async () => {
    writeFileSync(join(dir, 'data'), 'a file, not a folder')
    const blocked = await run({})
    expect(blocked).toMatchObject({ code: 2 })
    expect(blocked.stderr).toContain('dataDir')
    rmSync(join(dir, 'data'))
    await run({}, 'verify')
    chmodSync(join(dir, 'data'), 0o700)
    writeFileSync(join(dir, 'data/register.sqlite'), 'không phải cơ sở dữ liệu'.repeat(100))
    for (const tail of ['-wal', '-shm']) rmSync(join(dir, `data/register.sqlite${tail}`), { force: true })
    const damaged = await run({})
    expect(damaged).toMatchObject({ code: 2 })
    expect(damaged.stderr).toContain('register.sqlite')
  })

  test('a PostgreSQL that does not answer ends it with code 2 and words, without the password', async () => {
    const { code, stderr } = await run({ BT1022_DATABASE_URL: 'postgres://bt1022:bi-mat@127.0.0.1:1/ban_truc' })
    expect(code).toBe(2)
    expect(stderr).toContain('postgres://bt1022:…@127.0.0.1:1/ban_truc')
    expect(stderr).toContain('ECONNREFUSED')
    expect(stderr).not.toContain('bi-mat')
  })
})
