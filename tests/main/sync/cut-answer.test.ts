import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { constants, createGzip, createZstdCompress } from 'node:zlib'
import { afterEach, expect, test } from 'vitest'
import { Unreachable } from '../../../src-main/sync/failures.ts'
import { type Http, openHttp, readWhole } from '../../../src-main/sync/http.ts'

let server: Server
let http: Http
afterEach(() => {
  http.close()
  server.close()
})

/** Pages of lines, each sent on whole, as the server's stream is; the connection ends after so many bytes of them. */
async function cutAfter(bytes: number, coding: 'zstd' | 'gzip'): Promise<void> {
  server = createServer(async (request, response) => {
    response.setHeader('content-encoding', coding)
    const pages =
      coding === 'zstd'
        ? createZstdCompress({ flush: constants.ZSTD_e_flush })
        : createGzip({ flush: constants.Z_SYNC_FLUSH })
    let sent = 0
    pages.on('data', (chunk: Buffer) => {
      const piece = chunk.subarray(0, Math.max(0, bytes - sent))
      sent += chunk.length
      if (piece.length > 0) response.write(piece)
    })
    while (sent < bytes) {
      const page = Array.from({ length: 500 }, () => Math.random()).join('\n')
      await new Promise((resolve) => pages.write(`${page}\n`, resolve))
      await new Promise((resolve) => setImmediate(resolve))
    }
    setTimeout(() => request.socket.destroy(), 20)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  http = openHttp(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
}

test.each(['zstd', 'gzip'] as const)(
  'S9: all that came before a cut is unpacked, also where the desk was busy when it came (%s)',
  async (coding) => {
    await cutAfter(60_000, coding)
    const { body } = await http.send({ method: 'GET', path: '/', headers: {}, waitMs: 5_000 })
    // The desk keeps a batch: everything comes meanwhile, and so does the cut.
    const busyUntil = performance.now() + 300
    while (performance.now() < busyUntil);
    await new Promise((resolve) => setTimeout(resolve, 50))
    let read = 0
    for await (const chunk of body as AsyncIterable<Buffer>) read += chunk.length
    // 60 kB of random digits are more than 100 kB unpacked; one page of them may be lost.
    expect(read).toBeGreaterThan(100_000)
  },
)

test('S9: an answer that must be whole and was cut is no answer', async () => {
  await cutAfter(60_000, 'zstd')
  const answer = await http.send({ method: 'GET', path: '/', headers: {}, waitMs: 5_000 })
  await expect(readWhole(answer)).rejects.toThrow(Unreachable)
})
