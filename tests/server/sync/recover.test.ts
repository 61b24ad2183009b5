import { createCipheriv, createPublicKey, diffieHellman, generateKeyPairSync, hkdfSync, randomBytes } from 'node:crypto'
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { recoverSchema } from '../../../src-shared/api/sync.ts'
import { people, type Running, startServer } from '../running.ts'
import { meetAt, refusal } from './meeting-desk.ts'

let server: Running
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.remove())

let desks = 0
async function newDesk() {
  const deskId = `desk-recover-${++desks}`
  const token = await server.signIn(people.agent, deskId)
  return { deskId, token, recoveryKey: (await meetAt(server, token, deskId)).recoveryKey }
}
const recover = (token: string, deskId: string, wrapped: string) =>
  server.request('/api/sync/recover', { token, body: { deskId, wrapped } })

/** As the protocol words it, by another hand than the desk's: what both read alike is the format. */
function wrap(recipientBase64: string, text: string): Buffer {
  const recipient = Buffer.from(recipientBase64, 'base64')
  const ephemeral = generateKeyPairSync('x25519')
  const ephemeralPublic = ephemeral.publicKey.export({ format: 'der', type: 'spki' }).subarray(-32)
  const publicKey = createPublicKey({
    key: { kty: 'OKP', crv: 'X25519', x: recipient.toString('base64url') },
    format: 'jwk',
  })
  const shared = diffieHellman({ privateKey: ephemeral.privateKey, publicKey })
  const salt = Buffer.concat([ephemeralPublic, recipient])
  const key = Buffer.from(hkdfSync('sha256', shared, salt, 'bt1022 recovery v1', 32))
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([Buffer.of(1), ephemeralPublic, nonce, sealed, cipher.getAuthTag()])
}
const keys = { database: '00ff'.repeat(16), recordings: 'ab'.repeat(32) }

describe('recover', () => {
  test('S33: a desk that lost its key store gets its keys back, also after the server was restarted', async () => {
    const { deskId, token, recoveryKey } = await newDesk()
    expect(Buffer.from(recoveryKey, 'base64')).toHaveLength(32)
    const wrapped = wrap(recoveryKey, JSON.stringify({ deskId, keys })).toString('base64')
    expect(recoverSchema.parse({ deskId, wrapped }).wrapped).toBe(wrapped)
    server = await server.restart()
    const response = await recover(token, deskId, wrapped)
    expect(response.status).toBe(200)
    const answer = (await response.json()) as { keys: string }
    expect(JSON.parse(answer.keys)).toEqual(keys)
    expect(statSync(join(server.dataDir, 'keys', 'recovery.key')).mode & 0o077).toBe(0)
  })

  test('S33: it needs a session of that very desk, and keys that were wrapped there', async () => {
    const mine = await newDesk()
    const theirs = await newDesk()
    const wrapped = wrap(theirs.recoveryKey, JSON.stringify({ deskId: theirs.deskId, keys })).toString('base64')
    expect(await refusal(recover(mine.token, theirs.deskId, wrapped))).toEqual([403, 'other-desk'])
    expect(await refusal(recover(mine.token, mine.deskId, wrapped))).toEqual([400, 'recovery-unreadable'])
    const officer = await server.signIn(people.officer, theirs.deskId)
    expect(await refusal(recover(officer, theirs.deskId, wrapped))).toEqual([403, 'not-for-role'])
    const body = { deskId: theirs.deskId, wrapped }
    expect(await refusal(server.request('/api/sync/recover', { body }))).toEqual([401, 'not-signed-in'])
  })

  test('S33: whatever byte was changed, and whatever was cut off, it is not opened', async () => {
    const { deskId, token, recoveryKey } = await newDesk()
    const box = wrap(recoveryKey, JSON.stringify({ deskId, keys }))
    for (let at = 0; at < box.length; at++) {
      const changed = Buffer.from(box)
      changed[at]! ^= 1
      expect([at, server.deps.recoveryKey.unwrap(changed.toString('base64'), deskId)]).toEqual([at, null])
    }
    for (let length = 0; length < box.length; length++) {
      expect(server.deps.recoveryKey.unwrap(box.subarray(0, length).toString('base64'), deskId)).toBeNull()
    }
    const other = generateKeyPairSync('x25519').publicKey.export({ format: 'der', type: 'spki' }).subarray(-32)
    const unreadable = [
      wrap(other.toString('base64'), JSON.stringify({ deskId, keys })),
      wrap(recoveryKey, 'no JSON'),
      wrap(recoveryKey, JSON.stringify({ deskId, keys: { database: 'not hex' } })),
      Buffer.concat([Buffer.of(1), Buffer.alloc(32), Buffer.alloc(60)]),
    ]
    for (const each of unreadable) expect(server.deps.recoveryKey.unwrap(each.toString('base64'), deskId)).toBeNull()
    expect(await refusal(recover(token, deskId, 'không phải base64'))).toEqual([400, 'recovery-unreadable'])
  })

  test('S33: who guesses is made to wait', async () => {
    const { deskId, token, recoveryKey } = await newDesk()
    for (let i = 0; i < 5; i++) {
      expect(await refusal(recover(token, deskId, 'AAAA'))).toEqual([400, 'recovery-unreadable'])
    }
    const right = wrap(recoveryKey, JSON.stringify({ deskId, keys })).toString('base64')
    expect(await refusal(recover(token, deskId, right))).toEqual([429, 'too-many'])
    server.clock.advance(15 * 60_000)
    expect((await recover(token, deskId, right)).status).toBe(200)
  })
})
