import { once } from 'node:events'
import { createGunzip, createZstdDecompress } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { codingFor, squeeze } from '../../../sync-server/src/http/squeeze.ts'

const page = (index: number) => `${JSON.stringify({ index, text: 'Đèn đường trước nhà văn hóa ấp tắt '.repeat(50) })}\n`
const opened = { zstd: createZstdDecompress, gzip: createGunzip }
const turns = async (count: number) => {
  for (let i = 0; i < count; i++) await new Promise((resolve) => setImmediate(resolve))
}

describe.each(['zstd', 'gzip'] as const)('a stream squeezed by %s', (coding) => {
  test('S9: a page is on its way whole before the next is there', async () => {
    let release = () => {}
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    async function* pages() {
      yield page(1)
      await held
      yield Buffer.from(page(2))
    }
    const plain = squeeze(pages(), coding).pipe(opened[coding]())
    let text = ''
    for (plain.on('data', (chunk) => (text += chunk)); text.length < page(1).length; ) await once(plain, 'data')
    expect(text).toBe(page(1))
    const ended = once(plain, 'end')
    release()
    await ended
    expect(text).toBe(page(1) + page(2))
  })

  test('S9: a slow reader holds some pages in memory and not the register; one that goes away ends the reading', async () => {
    let read = 0
    let isEnded = false
    // What does not squeeze, so that what is held shows.
    const noise = Array.from({ length: 8 }, () => crypto.getRandomValues(new Uint8Array(64 * 1024)))
    async function* pages() {
      try {
        for (;;) yield noise[read++ % noise.length]!
      } finally {
        isEnded = true
      }
    }
    const stream = squeeze(pages(), coding)
    await once(stream, 'readable')
    await turns(2_000)
    expect(read).toBeLessThan(8)
    stream.destroy()
    while (!isEnded) await turns(1)
  })

  test('S9: what fails in the middle breaks off: no end is made up', async () => {
    async function* pages() {
      yield page(1)
      throw new Error('the database is away')
    }
    const stream = squeeze(pages(), coding)
    const failed = once(stream, 'error')
    stream.resume()
    stream.once('end', () => expect.unreachable())
    await expect(failed).resolves.toBeDefined()
  })
})

test('S11: while few stream the bytes are fewest; many at once, and the memory of each is small; who goes away makes room', async () => {
  const words = Array.from({ length: 400 }, (_, index) => (index * 7919).toString(36))
  async function* register() {
    for (let row = 0; row < 40; row += 1) {
      yield Array.from({ length: 2_000 }, (_, index) => words[(index * index * 31 + row * 17) % words.length]).join(' ')
    }
  }
  const size = async () => {
    let bytes = 0
    for await (const chunk of squeeze(register(), 'zstd')) bytes += (chunk as Buffer).length
    return bytes
  }
  async function* endless() {
    for (let index = 0; ; index += 1) yield page(index)
  }
  const alone = await size()
  const others = Array.from({ length: 8 }, () => squeeze(endless(), 'zstd'))
  const amongMany = await size()
  expect(amongMany).toBeGreaterThan(alone)
  for (const other of others) other.destroy()
  await turns(100)
  expect(await size()).toBe(alone)
})

test.each([
  [undefined, null],
  ['', null],
  ['gzip, deflate, br, zstd', 'zstd'],
  ['gzip, deflate', 'gzip'],
  ['zstd;q=0, gzip;q=0.5', 'gzip'],
  ['ZSTD ; q=1.0', 'zstd'],
  ['zstd;q=0.000,gzip;q=0', null],
  ['br, xgzip, zstandard', null],
])('S11: %s is answered with %s', (asked, coding) => {
  expect(codingFor(asked)).toBe(coding)
})
