import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { sweepRetention } from '../../../src-main/recordings/retention.ts'
import { createUploader } from '../../../src-main/recordings/upload.ts'
import type { Vault } from '../../../src-main/recordings/vault.ts'
import { proofSchema } from '../../../src-shared/recordings/upload-contract.ts'
import { cutSlices } from '../../../src-shared/recordings/verify.ts'
import { verifyRecording } from '../../../sync-server/src/recordings/verify-recording.ts'
import { aboutCall, freshDir, inSlices, keepCall, noise, SteppingClock, vaultAt } from '../../main/recordings/desk.ts'
import { type Line, openLine } from './line.ts'

const clock = new SteppingClock()
const open: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close()
})

const start = async (dir: string, port = 0, maxBytes?: number): Promise<Line> => {
  const line = await openLine(dir, clock, port, maxBytes)
  open.push(() => line.app.close())
  return line
}
const desk = async (): Promise<{ vault: Vault; dir: string }> => {
  const dir = await freshDir()
  const vault = await vaultAt(dir, clock)
  open.push(() => vault.close())
  return { vault, dir }
}
const asSupervisor = { headers: { authorization: 'Bearer supervisor' } }

/** A network between desk and server: it lets `budgetBytes` go up, then breaks every connection and takes no more. */
class Network {
  readonly #sockets = new Set<Socket>()
  readonly #server = createServer((down) => this.#join(down))
  targetPort: number
  budgetBytes: number

  constructor(targetPort: number, budgetBytes: number) {
    this.targetPort = targetPort
    this.budgetBytes = budgetBytes
  }

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve))
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy()
    this.#server.close()
  }

  #join(down: Socket): void {
    if (this.budgetBytes <= 0) return void down.destroy()
    const up = connect(this.targetPort, '127.0.0.1')
    for (const socket of [down, up]) {
      this.#sockets.add(socket)
      socket.on('error', () => {})
      socket.on('close', () => this.#sockets.delete(socket))
    }
    up.pipe(down)
    down.on('close', () => up.end())
    down.on('data', (chunk: Buffer) => {
      up.write(chunk.subarray(0, Math.max(0, this.budgetBytes)))
      this.budgetBytes -= chunk.length
      if (this.budgetBytes <= 0) down.destroy()
    })
  }
}

describe('upload and countersignature', () => {
  test('#41 the server recomputes the chain, countersigns its head, and the desk keeps the signature', async () => {
    const line = await start(await freshDir())
    const { vault } = await desk()
    const recordingId = await keepCall(vault, inSlices(noise(50_000), 5))
    await vault.attach(recordingId, 'case-9')
    const uploader = createUploader({ vault, baseUrl: line.url, token: () => 'desk', clock })

    expect(await uploader.runOnce()).toEqual([{ recordingId, outcome: 'countersigned', why: null }])
    const entry = vault.find(recordingId)
    expect(entry).toMatchObject({ state: 'uploaded', caseId: 'case-9', countersignature: { head: entry?.chainHead } })
    expect(line.verified).toMatchObject([
      { recordingId, uploadedBy: 'desk', sizeBytes: 50_000, durationMs: 5_000, manifest: { head: entry?.chainHead } },
    ])
    expect(await uploader.runOnce()).toEqual([])
  })

  test('a call that ended before its first slice is proved as well', async () => {
    const line = await start(await freshDir())
    const { vault } = await desk()
    const recordingId = await keepCall(vault, [], 0)
    const uploader = createUploader({ vault, baseUrl: line.url, token: () => 'desk', clock })
    expect(await uploader.runOnce()).toEqual([{ recordingId, outcome: 'countersigned', why: null }])
    const audio = await fetch(`${line.url}/api/recordings/${recordingId}`, asSupervisor)
    expect([audio.status, (await audio.arrayBuffer()).byteLength]).toEqual([200, 0])
  })

  test('a salvaged call rests a minute before it is sent, as it may go on', async () => {
    const line = await start(await freshDir())
    const dir = await freshDir()
    const crashed = await vaultAt(dir, clock)
    const { recordingId } = await crashed.begin(aboutCall)
    await crashed.append(recordingId, 0, noise(900))
    await crashed.close()
    const vault = await vaultAt(dir, clock)
    open.push(() => vault.close())
    const uploader = createUploader({ vault, baseUrl: line.url, token: () => 'desk', clock })
    expect(await uploader.runOnce()).toEqual([])
    clock.step(60_000)
    expect(await uploader.runOnce()).toMatchObject([{ outcome: 'countersigned' }])
    await expect(vault.append(recordingId, 1, noise(900))).rejects.toMatchObject({ code: 'not-recording' })
  })

  test('#41 an outsider verifies the exported recording with nothing but the public key; a flipped byte is found', async () => {
    const line = await start(await freshDir())
    const { vault } = await desk()
    const recordingId = await keepCall(vault, inSlices(noise(30_000), 4))
    await createUploader({ vault, baseUrl: line.url, token: () => 'desk', clock }).runOnce()

    const ask = (path: string) => fetch(`${line.url}/api/recordings/${path}`, asSupervisor)
    const { publicKey } = (await (await ask('signing-key')).json()) as { publicKey: string }
    const proof = proofSchema.parse(await (await ask(`${recordingId}/proof`)).json())
    const audio = new Uint8Array(await (await ask(`${recordingId}/original`)).arrayBuffer())
    const slices = cutSlices(proof.manifest, audio) ?? []
    expect(Buffer.from(audio).equals(noise(30_000))).toBe(true)
    expect(verifyRecording(proof.manifest, slices, proof.countersignature, publicKey)).toEqual({ isGenuine: true })

    audio[12_345]! ^= 1
    expect(verifyRecording(proof.manifest, slices, proof.countersignature, publicKey)).toEqual({
      isGenuine: false,
      why: 'chain-broken',
      fault: { code: 'slice-differs', number: 2 },
    })
    audio[12_345]! ^= 1
    const later = { ...proof.countersignature, at: '2026-09-04T00:00:00Z' }
    expect(verifyRecording(proof.manifest, slices, later, publicKey)).toMatchObject({ why: 'signature-wrong' })
    const stranger = await start(await freshDir())
    const foreign = (await (await fetch(`${stranger.url}/api/recordings/signing-key`, asSupervisor)).json()) as {
      publicKey: string
    }
    expect(verifyRecording(proof.manifest, slices, proof.countersignature, foreign.publicKey)).toMatchObject({
      why: 'other-key',
    })
  })

  test('the line cut in mid-upload and the server killed: the next try goes on from where it broke off', async () => {
    const serverDir = await freshDir()
    const first = spawn(process.execPath, [new URL('line-process.ts', import.meta.url).pathname, serverDir])
    open.push(async () => void first.kill('SIGKILL'))
    const [port] = (await once(first.stdout, 'data')) as [Buffer]
    const { vault } = await desk()
    const audio = noise(3_000_000)
    const recordingId = await keepCall(vault, inSlices(audio, 30))
    const network = new Network(Number(port), 1_700_000)
    open.push(() => network.close())
    const uploader = createUploader({ vault, baseUrl: await network.listen(), token: () => 'desk', clock })

    expect(await uploader.runOnce()).toMatchObject([{ recordingId, outcome: 'failed', why: 'unreachable' }])
    first.kill('SIGKILL')
    await once(first, 'exit')
    expect(vault.find(recordingId)).toMatchObject({ state: 'finished', upload: { attempts: 1 } })
    const partly = (await stat(join(serverDir, 'incoming', recordingId))).size
    expect(partly).toBeGreaterThan(0)
    expect(partly).toBeLessThan(audio.length)

    const second = await start(serverDir)
    const resumedAt: string[] = []
    second.app.server.on('request', ({ method, headers }) => {
      if (method === 'PATCH') resumedAt.push(String(headers['upload-offset']))
    })
    network.targetPort = second.port
    network.budgetBytes = Number.POSITIVE_INFINITY
    expect(await uploader.runOnce()).toEqual([])
    clock.step(15_000)
    expect(await uploader.runOnce()).toEqual([{ recordingId, outcome: 'countersigned', why: null }])
    expect(resumedAt[0]).toBe(String(partly))
    const original = await fetch(`${second.url}/api/recordings/${recordingId}/original`, asSupervisor)
    expect(Buffer.from(await original.arrayBuffer()).equals(audio)).toBe(true)
    expect(await readdir(join(serverDir, 'incoming'))).toEqual([])
  })

  test('what was received differs from the chain: refused, the local copy kept, the next try succeeds', async () => {
    const serverDir = await freshDir()
    const line = await start(serverDir)
    const { vault, dir } = await desk()
    const recordingId = await keepCall(vault, inSlices(noise(40_000), 4))
    let isSpoilt = false
    const afterUpload: typeof fetch = async (input, init) => {
      const path = join(serverDir, 'incoming', recordingId)
      const bytes = isSpoilt ? null : await readFile(path).catch(() => null)
      if (bytes !== null) {
        bytes[17_000]! ^= 0x40
        await writeFile(path, bytes)
        isSpoilt = true
      }
      return fetch(input, init)
    }
    const uploader = createUploader({ vault, baseUrl: line.url, token: () => 'desk', clock, fetch: afterUpload })
    expect(await uploader.runOnce()).toEqual([{ recordingId, outcome: 'failed', why: 'chain-refused' }])
    expect(vault.find(recordingId)).toMatchObject({ state: 'finished', countersignature: null })
    expect(await sweepRetention({ vault, keepDays: 0, clock: { now: () => Number.MAX_SAFE_INTEGER } })).toEqual([])
    expect(await readdir(dir)).toContain(`${recordingId}.spool`)
    expect((await fetch(`${line.url}/api/recordings/${recordingId}`, asSupervisor)).status).toBe(404)

    clock.step(15_000)
    expect(await uploader.runOnce()).toEqual([{ recordingId, outcome: 'countersigned', why: null }])
  })

  test('back-off doubles while the server cannot be reached, and nothing is lost', async () => {
    const dead = await openLine(await freshDir(), clock)
    await dead.app.close()
    const { vault } = await desk()
    const recordingId = await keepCall(vault, inSlices(noise(10_000), 2))
    const uploader = createUploader({ vault, baseUrl: dead.url, token: () => 'desk', clock })
    for (const waitMs of [15_000, 30_000, 60_000]) {
      expect(await uploader.runOnce()).toMatchObject([{ outcome: 'failed', why: 'unreachable' }])
      clock.step(waitMs - 1)
      expect(await uploader.runOnce()).toEqual([])
      clock.step(1)
    }
    expect((await vault.read(recordingId)).damage).toBeNull()
  })

  test('nobody signed in, a wrong token, an upload too large: told apart, the copy kept', async () => {
    const line = await start(await freshDir(), 0, 5_000)
    const { vault } = await desk()
    const recordingId = await keepCall(vault, inSlices(noise(10_000), 2))
    const by = (token: string | null) =>
      createUploader({ vault, baseUrl: line.url, token: () => token, clock }).runOnce()
    expect(await by(null)).toEqual([])
    expect(await by('thief')).toMatchObject([{ outcome: 'failed', why: 'not-authorised' }])
    clock.step(15_000)
    expect(await by('desk')).toMatchObject([{ outcome: 'failed', why: 'upload-refused' }])
    expect((await vault.read(recordingId)).damage).toBeNull()
  })

  test('a signature by a key the desk was not given is not accepted', async () => {
    const line = await start(await freshDir())
    const { vault } = await desk()
    const recordingId = await keepCall(vault, inSlices(noise(10_000), 2))
    const publicKey = Buffer.from('another key').toString('base64')
    const uploader = createUploader({ vault, baseUrl: line.url, token: () => 'desk', clock, publicKey })
    expect(await uploader.runOnce()).toEqual([{ recordingId, outcome: 'failed', why: 'countersignature-wrong' }])
    expect(vault.find(recordingId)?.countersignature).toBeNull()
  })

  test('a second chain under the same id is refused; the first stands', async () => {
    const line = await start(await freshDir())
    const { vault } = await desk()
    const recordingId = await keepCall(vault, inSlices(noise(10_000), 2))
    const { manifest } = await vault.read(recordingId)
    await createUploader({ vault, baseUrl: line.url, token: () => 'desk', clock }).runOnce()
    const again = { ...manifest, head: 'f'.repeat(64) }
    const response = await fetch(`${line.url}/api/recordings/${recordingId}/verify`, {
      method: 'POST',
      headers: { authorization: 'Bearer desk', 'content-type': 'application/json' },
      body: JSON.stringify({ manifest: again }),
    })
    expect(response.status).toBe(409)
    expect(await response.json()).toMatchObject({ ok: false, error: { code: 'head-differs' } })
  })

  test('a desk that missed the answer asks again and gets the same signature, without a second upload', async () => {
    const line = await start(await freshDir())
    const { vault } = await desk()
    const recordingId = await keepCall(vault, inSlices(noise(10_000), 2))
    let isLost = false
    const lossy: typeof fetch = async (input, init) => {
      const response = await fetch(input, init)
      if (!response.ok || isLost) return response
      isLost = true
      throw new TypeError('the answer was lost')
    }
    const uploader = createUploader({ vault, baseUrl: line.url, token: () => 'desk', clock, fetch: lossy })
    expect(await uploader.runOnce()).toMatchObject([{ why: 'unreachable' }])
    const methods: string[] = []
    line.app.server.on('request', (request) => methods.push(request.method ?? ''))
    clock.step(15_000)
    expect(await uploader.runOnce()).toMatchObject([{ outcome: 'countersigned' }])
    expect(methods).toEqual(['POST'])
    expect(vault.find(recordingId)?.countersignature).toEqual(line.verified[0]?.countersignature)
  })
})

describe('retention', () => {
  test('a countersigned copy goes after its days; held, damaged or unsigned ones stay', async () => {
    const line = await start(await freshDir())
    const { vault, dir } = await desk()
    const ids: string[] = []
    for (let at = 0; at < 3; at++) ids.push(await keepCall(vault, inSlices(noise(9_000 + at), 3)))
    const [gone = '', kept = '', spoilt = ''] = ids
    await createUploader({ vault, baseUrl: line.url, token: () => 'desk', clock }).runOnce()
    const unsigned = await keepCall(vault, inSlices(noise(8_000), 2))
    const path = join(dir, `${spoilt}.spool`)
    const bytes = await readFile(path)
    bytes[bytes.length - 300]! ^= 1
    await writeFile(path, bytes)

    const isHeld = (recording: { recordingId: string }) => recording.recordingId === kept
    expect(await sweepRetention({ vault, keepDays: 30, clock, isHeld })).toEqual([])
    clock.step(30 * 86_400_000)
    expect(await sweepRetention({ vault, keepDays: 30, clock, isHeld })).toEqual([gone])
    expect(vault.list().map((each) => each.state)).toEqual(['uploaded', 'damaged', 'finished'])
    expect((await readdir(dir)).filter((name) => name.endsWith('.spool')).sort()).toEqual(
      [kept, spoilt, unsigned].map((id) => `${id}.spool`).sort(),
    )
    await rm(dir, { recursive: true })
  })
})
