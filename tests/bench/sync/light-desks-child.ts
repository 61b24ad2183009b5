import { Agent, request } from 'node:http'
import { zstdDecompressSync } from 'node:zlib'
import WebSocket from 'ws'
import { answerParent } from './child-side.ts'
import { sharedNow } from './line.ts'

/**
 * Many desks in one process: to the server each is one, with its own session, its own connections, a meeting, a socket for pokes and
 * a pull after each poke. They keep nothing, so that many of them fit on the machine beside the server.
 */
interface LightDesk {
  readonly deskId: string
  readonly token: string
  readonly agent: Agent
  socket: WebSocket | null
  cursor: number
  isPulling: boolean
  newest: number
}

let server: string
let meeting: object
let desks: LightDesk[] = []
let heard: { seq: number; at: number }[] = []

answerParent({
  open(given: { server: string; meeting: object; cursor: number; desks: { deskId: string; token: string }[] }) {
    server = given.server
    meeting = given.meeting
    const { cursor } = given
    desks = given.desks.map((desk) => ({
      ...desk,
      agent: new Agent({ keepAlive: true, maxSockets: 1 }),
      ...{ socket: null, cursor, isPulling: false, newest: cursor },
    }))
  },
  /** All at the same time; answers when each was in step (ms). */
  async connect() {
    const from = sharedNow()
    return Promise.all(
      desks.map(async (desk) => {
        await Promise.all([listen(desk), ask(desk, 'POST', '/api/sync/meet', { ...meeting, deskId: desk.deskId })])
        return sharedNow() - from
      }),
    )
  },
  cut() {
    for (const { socket, agent } of desks) {
      socket?.terminate()
      agent.destroy()
    }
  },
  heard() {
    const told = heard
    heard = []
    return told
  },
})

function listen(desk: LightDesk): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${desk.token}` }
    desk.socket = new WebSocket(`${server.replace('http', 'ws')}/api/sync/poke`, { headers })
    desk.socket.on('error', reject)
    desk.socket.on('message', (data) => {
      const said = JSON.parse(String(data)) as { type: string; cursor: number }
      if (said.type !== 'events') return
      resolve()
      desk.newest = Math.max(desk.newest, said.cursor)
      void pull(desk)
    })
  })
}

async function pull(desk: LightDesk): Promise<void> {
  if (desk.isPulling) return
  desk.isPulling = true
  while (desk.cursor < desk.newest) {
    const lines = (await ask(desk, 'GET', `/api/sync/pull?cursor=${desk.cursor}&limit=2000`)).trimEnd().split('\n')
    const at = sharedNow()
    for (const line of lines) {
      const said = JSON.parse(line) as { seq?: number; end?: { cursor: number } }
      if (said.seq !== undefined) heard.push({ seq: said.seq, at })
      else desk.cursor = said.end!.cursor
    }
  }
  desk.isPulling = false
}

function ask({ agent, token }: LightDesk, method: string, path: string, body?: object): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${token}`, 'accept-encoding': 'zstd', 'content-type': 'application/json' }
    const asked = request(server + path, { method, agent, headers }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () => {
        const bytes = Buffer.concat(chunks)
        const text = response.headers['content-encoding'] === 'zstd' ? zstdDecompressSync(bytes) : bytes
        if (response.statusCode === 200) resolve(text.toString('utf8'))
        else reject(new Error(`${path}: ${response.statusCode} ${text}`))
      })
    })
    asked.on('error', reject)
    asked.end(body === undefined ? undefined : JSON.stringify(body))
  })
}
