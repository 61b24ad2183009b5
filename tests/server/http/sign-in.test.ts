import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import WebSocket from 'ws'
import { publicCallGrantSchema } from '../../../src-shared/api/agency.ts'
import { helloSchema, signedInSchema } from '../../../src-shared/api/session.ts'
import { hashPassword, isPassword } from '../../../sync-server/src/auth/passwords.ts'
import { password, people, type Running, startServer } from '../running.ts'

let server: Running
beforeEach(async () => {
  server = await startServer()
})
afterEach(() => server.remove())

const signIn = (username: string, secret: string, headers: Record<string, string> = {}) =>
  server.request('/api/sign-in', { body: { username, password: secret, deskId: 'desk-1' }, headers })

describe('hello', () => {
  test('says the protocol, the province and the time before anybody signs in', async () => {
    const hello = helloSchema.parse(await server.json('/api/hello'))
    expect(hello).toMatchObject({ protocol: 1, provinceId: 'dong-thap', now: '2026-10-05T07:00:00+07:00' })
  })
})

describe('sign-in', () => {
  test('an agent gets a session and the settings of the line; an officer has no line', async () => {
    const agent = signedInSchema.parse(await (await signIn(people.agent.username, password)).json())
    expect(agent.account).toEqual(people.agent)
    expect(agent.expiresAt).toBe('2026-10-05T23:00:00+07:00')
    expect(agent.line).toMatchObject({ queueNumber: '1022', username: people.agent.username })
    expect(agent.line!.wsUrl).toBe(`${server.url.replace('http', 'ws')}/sip`)
    const officer = signedInSchema.parse(await (await signIn(people.officer.username, password)).json())
    expect(officer.line).toBeNull()
  })

  test('neither the token nor the password of the line is stored', async () => {
    const { token, line } = signedInSchema.parse(await (await signIn(people.agent.username, password)).json())
    for (const file of ['register.sqlite', 'register.sqlite-wal'].map((name) => `${server.dataDir}/${name}`)) {
      const bytes = existsSync(file) ? readFileSync(file, 'latin1') : ''
      expect(bytes.includes(token) || bytes.includes(line!.password)).toBe(false)
    }
  })

  test('the same session opens the line by its digest, until it is signed out everywhere', async () => {
    const { token, line } = signedInSchema.parse(await (await signIn(people.agent.username, password)).json())
    const socket = new WebSocket(line!.wsUrl, 'sip')
    await once(socket, 'open')
    expect(socket.protocol).toBe('sip')
    socket.close()
    const again = signedInSchema.parse(await (await signIn(people.agent.username, password)).json())
    expect(again.line).toEqual(line)
    await server.request('/api/sign-out', { token, body: {} })
    expect((await server.request('/api/sync/reference', { token: again.token })).status).toBe(200)
  })

  test('a wrong name and a wrong password are answered alike, in the language asked for', async () => {
    const name = await (await signIn('khong-co', password)).json()
    const secret = await (await signIn(people.agent.username, 'sai')).json()
    expect(name).toEqual(secret)
    expect(name).toMatchObject({ ok: false, error: { code: 'wrong-password' } })
    expect((name as { error: { message: string } }).error.message).toContain('không đúng')
    const english = await (await signIn('khong-co', password, { 'accept-language': 'en' })).json()
    expect((english as { error: { message: string } }).error.message).toContain('wrong')
  })

  test('five wrong tries close the name for a while, also to the right password; then it opens again', async () => {
    for (let i = 0; i < 5; i++) expect((await signIn(people.agent.username, 'sai')).status).toBe(401)
    const closed = await signIn(people.agent.username, password)
    expect(closed.status).toBe(429)
    expect(await closed.json()).toMatchObject({ error: { code: 'too-many', why: { retryAfterSeconds: 900 } } })
    expect((await signIn(people.supervisor.username, password)).status).toBe(200)
    server.clock.advance(900_001)
    expect((await signIn(people.agent.username, password)).status).toBe(200)
  })

  test('a session ends with its time', async () => {
    const token = await server.signIn(people.agent)
    server.clock.advance(16 * 3_600_000)
    expect((await server.request('/api/sync/reference', { token })).status).toBe(401)
  })

  test('#43: a disabled account comes in no more, and its open sessions are cut at once', async () => {
    const token = await server.signIn(people.agent)
    const { store } = server.deps
    const stored = (await store.read.people.account(people.agent.id))!
    await store.write((tx) => tx.people.putAccount({ ...stored, isDisabled: true }, 0))
    expect((await server.request('/api/sync/reference', { token })).status).toBe(401)
    expect((await signIn(people.agent.username, password)).status).toBe(401)
  })

  test('a citizen asks for the line and gets a user of their own, not an endless number of them', async () => {
    const grant = async () => server.request('/public/call', { body: { number: '0277 555 4001' } })
    const first = publicCallGrantSchema.parse(await (await grant()).json())
    const second = publicCallGrantSchema.parse(await (await grant()).json())
    expect(first.callerNumber).toBe('02775554001')
    expect(first.username).not.toBe(second.username)
    for (let i = 0; i < 28; i++) expect((await grant()).status).toBe(200)
    expect((await grant()).status).toBe(429)
  })
})

describe('passwords', () => {
  test('argon2id, salted, in PHC text, the same for composed and decomposed letters', async () => {
    const [one, two] = await Promise.all([hashPassword('mật khẩu'), hashPassword('mật khẩu')])
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    expect(one).not.toBe(two)
    expect(await isPassword('mật khẩu'.normalize('NFD'), one)).toBe(true)
    expect(await isPassword('mat khau', one)).toBe(false)
    await expect(isPassword('x', 'plain')).rejects.toThrow('PHC')
  })
})
