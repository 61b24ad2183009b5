import { mkdtempSync, rmSync } from 'node:fs'
import { createConnection, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A line to PostgreSQL that is cut at the commit: before it arrives, or after it was done and before its answer comes back. */
export interface LossyLine {
  /** The same database over this line. */
  readonly url: string
  cutAtNextCommit(when: 'before' | 'after'): void
  remove(): Promise<void>
}

export async function openLossyLine(url: string): Promise<LossyLine> {
  const dir = mkdtempSync(join(tmpdir(), 'bt1022-line-'))
  const { hostname, pathname, username } = new URL(url)
  const target = join(decodeURIComponent(hostname), '.s.PGSQL.5432')
  let cut: 'before' | 'after' | null = null
  const sockets = new Set<Socket>()
  const server = createServer((from) => {
    const to = createConnection(target)
    let isDeaf = false
    for (const socket of [from, to]) {
      sockets.add(socket)
      socket.on('error', () => socket.destroy())
      socket.on('close', () => {
        sockets.delete(socket)
        from.destroy()
        to.destroy()
      })
    }
    from.on('data', (bytes) => {
      const isCommit = bytes.includes('; commit\0')
      if (isCommit && cut === 'before') {
        cut = null
        from.destroy()
        return
      }
      if (isCommit && cut === 'after') {
        cut = null
        isDeaf = true
      }
      to.write(bytes)
    })
    to.on('data', (bytes) => {
      if (isDeaf) from.destroy()
      else from.write(bytes)
    })
  })
  await new Promise<void>((resolve) => server.listen(join(dir, '.s.PGSQL.5432'), resolve))
  return {
    url: `postgres://${username}@${encodeURIComponent(dir)}${pathname}`,
    cutAtNextCommit(when) {
      cut = when
    },
    async remove() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
      rmSync(dir, { recursive: true, force: true })
    },
  }
}
