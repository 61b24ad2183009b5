import { readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import fastify from 'fastify'
import { afterEach, describe, expect, test } from 'vitest'
import { createUploader } from '../../../src-main/recordings/upload.ts'
import { makeSeekable } from '../../../src-shared/recordings/webm-duration.ts'
import { readRange } from '../../../sync-server/src/recordings/byte-range.ts'
import { registerRecordings } from '../../../sync-server/src/recordings/register-recordings.ts'
import { openSigningKey } from '../../../sync-server/src/recordings/signing-key.ts'
import { freshDir, inSlices, keepCall, noise, SteppingClock, vaultAt } from '../../main/recordings/desk.ts'
import { hasFfmpeg, streamedWebm } from '../../main/recordings/streamed-webm.ts'
import { type Line, openLine } from './line.ts'

const clock = new SteppingClock()
const open: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close()
})

const as = (token: string, range?: string) => ({
  headers: { authorization: `Bearer ${token}`, ...(range === undefined ? {} : { range }) },
})

const lineWith = async (audio: Uint8Array): Promise<{ line: Line; recordingId: string; url: string }> => {
  const line = await openLine(await freshDir(), clock)
  const vault = await vaultAt(await freshDir(), clock)
  open.push(
    () => line.app.close(),
    () => vault.close(),
  )
  const recordingId = await keepCall(vault, inSlices(audio, 4))
  await createUploader({ vault, baseUrl: line.url, token: () => 'desk', clock }).runOnce()
  expect(vault.find(recordingId)?.state).toBe('uploaded')
  return { line, recordingId, url: `${line.url}/api/recordings/${recordingId}` }
}

describe('#40 listening on the server', () => {
  test('ranges as players ask for them, and each is logged with who and which bytes', async () => {
    const audio = noise(20_000)
    const { line, url, recordingId } = await lineWith(audio)
    const ask = async (range?: string) => {
      const response = await fetch(url, as('supervisor', range))
      return { response, bytes: Buffer.from(await response.arrayBuffer()) }
    }
    const whole = await ask()
    expect(whole.response.status).toBe(200)
    expect(whole.response.headers.get('accept-ranges')).toBe('bytes')
    expect(whole.response.headers.get('content-type')).toBe('audio/webm')
    expect(whole.bytes.equals(audio)).toBe(true)
    const part = await ask('bytes=500-999')
    expect(part.response.status).toBe(206)
    expect(part.response.headers.get('content-range')).toBe('bytes 500-999/20000')
    expect(part.bytes.equals(audio.subarray(500, 1_000))).toBe(true)
    expect((await ask('bytes=19990-')).bytes.equals(audio.subarray(19_990))).toBe(true)
    const outside = await ask('bytes=20000-')
    expect(outside.response.status).toBe(416)
    expect(outside.response.headers.get('content-range')).toBe('bytes */20000')

    expect(line.heard.map(({ fromByte, toByte }) => [fromByte, toByte])).toEqual([
      [0, 19_999],
      [500, 999],
      [19_990, 19_999],
    ])
    expect(line.heard[0]).toMatchObject({ recordingId, account: { accountId: 'supervisor' } })
    const head = await fetch(url, { method: 'HEAD', ...as('supervisor') })
    expect(head.headers.get('content-length')).toBe('20000')
    expect(line.heard.length).toBe(3)
  })

  test('who may not hear it is not told that it exists; who is not signed in gets nowhere', async () => {
    const { line, url } = await lineWith(noise(5_000))
    for (const path of ['', '/original', '/proof']) {
      const refused = await fetch(`${url}${path}`, as('desk'))
      const unknown = await fetch(`${line.url}/api/recordings/no-such-recording${path}`, as('supervisor'))
      expect([refused.status, unknown.status]).toEqual([404, 404])
      expect(await refused.json()).toEqual(await unknown.json())
      expect((await fetch(`${url}${path}`)).status).toBe(401)
    }
    expect(line.heard).toEqual([])
    expect((await fetch(`${line.url}/api/recordings/..%2f..%2fkeys`, as('supervisor'))).status).toBe(404)
  })

  test('what is uploaded and not verified is heard by nobody and taken away by nobody', async () => {
    const line = await openLine(await freshDir(), clock)
    open.push(() => line.app.close())
    const recordingId = 'waiting-for-its-proof'
    const tus = { authorization: 'Bearer desk', 'tus-resumable': '1.0.0' }
    const base64 = (text: string) => Buffer.from(text).toString('base64')
    const create = (metadata: string, length = '4') =>
      fetch(`${line.url}/api/recordings/upload`, {
        method: 'POST',
        headers: { ...tus, 'upload-length': length, 'upload-metadata': metadata },
      })
    const made = await create(`recordingId ${base64(recordingId)},mimeType ${base64('audio/webm')}`)
    expect(made.status).toBe(201)
    const url = `${line.url}/api/recordings/upload/${recordingId}`
    for (const method of ['GET', 'DELETE']) expect((await fetch(url, { method, headers: tus })).status).toBe(404)
    expect((await fetch(url, { method: 'HEAD', headers: tus })).headers.get('upload-offset')).toBe('0')
    expect((await fetch(url, { method: 'HEAD', headers: { 'tus-resumable': '1.0.0' } })).status).toBe(401)
    expect((await fetch(`${line.url}/api/recordings/${recordingId}`, as('supervisor'))).status).toBe(404)

    for (const id of ['../keys/x', 'a', 'nul\0byte-in-name']) {
      const refused = await create(`recordingId ${base64(id)},mimeType ${base64('audio/webm')}`)
      expect(refused.status).toBe(400)
    }
    expect((await create(`recordingId ${base64('another-recording')},mimeType ${base64('text/html')}`)).status).toBe(
      400,
    )
  })

  test('no hearing without its entry in the log: a log that fails stops the sound', async () => {
    const { recordingId, line } = await lineWith(noise(5_000))
    const dir = await freshDir()
    await line.app.close()
    const app = fastify()
    open.push(() => app.close())
    await registerRecordings(app, {
      dir: line.dir,
      signingKeyFile: join(dir, 'key.pem'),
      clock,
      authorize: () => ({ accountId: 'supervisor' }),
      canListen: () => true,
      onVerified: () => {},
      onListened: () => Promise.reject(new Error('the log is full')),
    })
    const answer = await app.inject(`/api/recordings/${recordingId}`)
    expect(answer.statusCode).toBe(500)
    expect(answer.rawPayload.includes(noise(5_000).subarray(0, 64))).toBe(false)
  })

  test.skipIf(!hasFfmpeg)('the audio is served so that it seeks, the original byte for byte', async () => {
    const webm = streamedWebm(6)
    const { url } = await lineWith(webm)
    const bytes = async (path: string) =>
      Buffer.from(await (await fetch(`${url}${path}`, as('supervisor'))).arrayBuffer())
    expect((await bytes('')).equals(makeSeekable(webm)!)).toBe(true)
    expect((await bytes('/original')).equals(webm)).toBe(true)
  })
})

describe('RFC 9110 §14 ranges', () => {
  test.each([
    [undefined, 'whole'],
    ['bytes=0-', { from: 0, to: 99 }],
    ['bytes=10-19', { from: 10, to: 19 }],
    ['bytes=90-500', { from: 90, to: 99 }],
    ['bytes=-5', { from: 95, to: 99 }],
    ['bytes=-500', { from: 0, to: 99 }],
    ['bytes=-0', null],
    ['bytes=100-', null],
    ['bytes=20-10', 'whole'],
    ['bytes=0-1,5-6', 'whole'],
    ['lines=1-2', 'whole'],
    ['bytes=-', 'whole'],
  ])('%s of 100 bytes', (header, expected) => {
    expect(readRange(header, 100)).toEqual(expected)
  })
})

describe('the signing key', () => {
  test('is made once, for its owner alone, and is the same after a restart; a broken file is not replaced', async () => {
    const path = join(await freshDir(), 'deep', 'key.pem')
    const made = await openSigningKey(path)
    expect((await stat(path)).mode & 0o777).toBe(0o600)
    expect((await openSigningKey(path)).publicKey).toBe(made.publicKey)
    await writeFile(path, 'not a key')
    await expect(openSigningKey(path)).rejects.toThrow()
    expect(await readFile(path, 'utf8')).toBe('not a key')
  })
})
