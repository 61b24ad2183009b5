import { createHash, randomUUID } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { WebSocketServer } from 'ws'
import { type QueueChange, type QueueSnapshot, queueSnapshotSchema } from '../../../src-shared/api/queue.ts'
import type { Credentials } from '../../../sync-server/src/switchboard/account.ts'
import type { SwitchboardConfig } from '../../../sync-server/src/switchboard/config.ts'
import { createSwitchboard, type Switchboard } from '../../../sync-server/src/switchboard/switchboard.ts'
import { HandClock } from './hand-clock.ts'
import { one, SipPhone, Talk } from './sip-phone.ts'

export const DOMAIN = 'ban-truc.test'
export const PASSWORD = 'mật khẩu tập dượt'

const account = (
  username: string,
  kind: 'agent' | 'guest',
  number: string,
  displayName: string,
): [string, Credentials] => [
  username,
  {
    ha1: createHash('md5').update(`${username}:${DOMAIN}:${PASSWORD}`).digest('hex'),
    kind,
    number,
    displayName,
    ...(kind === 'agent' ? { agentId: `a-${number}` } : {}),
  },
]

const ACCOUNTS = new Map([
  account('lan', 'agent', '101', 'Nguyễn Thị Lan'),
  account('minh', 'agent', '102', 'Trần Văn Minh'),
  account('hoa', 'agent', '103', 'Lê Thị Hoa'),
  account('khach-1', 'guest', '0912345678', 'Ông "Bảy" Sơn'),
  account('khach-2', 'guest', '0987654321', 'Bà Tư'),
  account('khach-3', 'guest', '0900000003', ''),
])

/** The real switchboard behind a real WebSocket server on a port of its own; only the clock is moved by hand. */
export class PracticeLine {
  readonly clock = new HandClock('2026-09-03T09:00:00+07:00')
  readonly changes: QueueChange[] = []
  readonly complaints: string[] = []
  readonly switchboard: Switchboard
  #server = new WebSocketServer({ port: 0, host: '127.0.0.1', handleProtocols: () => 'sip' })
  #phones: SipPhone[] = []
  #closeWaiters: (() => void)[] = []

  private constructor(config: Partial<SwitchboardConfig>) {
    const complain = (facts: object, message: string) => {
      const { err } = facts as { err?: Error }
      this.complaints.push(`${message} ${err?.stack ?? ''}`)
    }
    this.switchboard = createSwitchboard({
      clock: this.clock,
      newId: randomUUID,
      log: { info() {}, warn() {}, error: complain },
      config: { domain: DOMAIN, queueNumber: '1022', offerSeconds: 20, wrapUpSeconds: 30, ...config },
      authenticate: async (username) => {
        if (username === 'hong') throw new Error('the register is away')
        return ACCOUNTS.get(username) ?? null
      },
    })
    this.switchboard.source.subscribe((change) => this.changes.push(change))
    this.#server.on('connection', (socket, request) => {
      const remoteAddress = request.socket.remoteAddress ?? ''
      this.switchboard.accept(socket, { remoteAddress, origin: request.headers.origin ?? null })
      // After the line's own listener, so that whoever waits here finds the line informed.
      socket.on('close', () => {
        for (const tell of this.#closeWaiters.splice(0)) tell()
      })
    })
  }

  static async start(config: Partial<SwitchboardConfig> = {}): Promise<PracticeLine> {
    const line = new PracticeLine(config)
    await new Promise<void>((resolve) => {
      if (line.#server.address()) resolve()
      else line.#server.once('listening', resolve)
    })
    return line
  }

  get url(): string {
    return `ws://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  async connect(username: string, at: { origin?: string } = {}): Promise<SipPhone> {
    const phone = await SipPhone.connect(this.url, { username, password: PASSWORD, domain: DOMAIN, ...at })
    this.#phones.push(phone)
    return phone
  }

  /** A telephone that is registered. */
  async phone(username: string): Promise<SipPhone> {
    const phone = await this.connect(username)
    const { status, start } = await phone.register()
    if (status !== 200) throw new Error(`${username} could not register: ${start}`)
    return phone
  }

  /** A citizen calls 1022 and an agent, who must be the next in order, takes the call. */
  async talk(citizen: SipPhone, agent: SipPhone): Promise<{ citizen: Talk; agent: Talk; callId: string }> {
    const placed = citizen.call('1022')
    const invite = await agent.nextRequest('INVITE')
    agent.respond(invite, 200, { tag: 'agent' })
    const ok = await citizen.nextStatus(200, 'INVITE')
    const asCaller = Talk.asCaller(citizen, placed, ok)
    await agent.nextRequest('ACK')
    return { citizen: asCaller, agent: Talk.asCallee(agent, invite, 'agent'), callId: one(invite, 'X-Call-Id') }
  }

  /** A socket dies without a word; returns when the line has noticed. */
  async cut(phone: { drop(): void }): Promise<void> {
    const noticed = new Promise<void>((resolve) => this.#closeWaiters.push(resolve))
    phone.drop()
    await noticed
  }

  snapshot(): QueueSnapshot {
    return queueSnapshotSchema.parse(this.switchboard.source.snapshot())
  }

  stateOf(number: string): string {
    const agent = this.snapshot().agents.find(({ id }) => id === `a-${number}`)
    return agent ? [agent.state, agent.pauseReason].filter(Boolean).join(':') : 'unknown'
  }

  /** Waits until the board says so; looks again at each change. */
  async until(what: string, holds: () => boolean): Promise<void> {
    if (holds()) return
    await new Promise<void>((resolve, reject) => {
      const stop = this.switchboard.source.subscribe(() => {
        if (!holds()) return
        clearTimeout(limit)
        stop()
        resolve()
      })
      const limit = setTimeout(() => {
        stop()
        reject(new Error(`the line never came to: ${what}; ${JSON.stringify(this.snapshot())}`))
      }, 8000)
    })
  }

  async stop(): Promise<void> {
    this.switchboard.close()
    for (const phone of this.#phones) phone.drop()
    await new Promise((resolve) => this.#server.close(resolve))
    if (this.complaints.length > 0) throw new Error(this.complaints.join('\n'))
  }
}
