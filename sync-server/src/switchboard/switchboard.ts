import type { AgentStateRequest, QueueEvent, QueueSnapshot } from '../../../src-shared/api/queue.ts'
import { Board } from '../queue/board.ts'
import { Changes } from '../queue/changes.ts'
import type { QueueSource } from '../queue/queue-source.ts'
import type { Account, Authenticate } from './account.ts'
import { Agents } from './agents.ts'
import { allowanceOf } from './allowance.ts'
import { type Config, completeConfig, type SwitchboardConfig } from './config.ts'
import { askAfter, hangUp } from './dialog-requests.ts'
import { type Dialog, type DialogEnd, Dialogs } from './dialogs.ts'
import { Flow, type SipSocket } from './flow.ts'
import { hasHopsLeft } from './forwarding.ts'
import { Gatekeeper, type LineLog } from './gatekeeper.ts'
import { type LineClock, lineClock } from './line-clock.ts'
import { isAllowedOrigin } from './origins.ts'
import { LineProxy } from './proxy.ts'
import { Referrals } from './referrals.ts'
import { type Binding, Registrar } from './registrar.ts'
import { ALLOW, reply } from './replies.ts'
import type { ServerTransaction } from './server-transaction.ts'
import { header, type Parsed, parseUri, type SipRequest, tagOf, uriTextOf } from './sip-message.ts'
import { Transactions } from './transactions.ts'
import { WaitingLine } from './waiting-line.ts'

export type Switchboard = {
  /** A WebSocket of subprotocol 'sip' begins. `remoteAddress` is what failed passwords are counted by. */
  accept(socket: SipSocket, info: { remoteAddress: string; origin: string | null }): void
  readonly source: QueueSource
  setAgentState(request: AgentStateRequest): void
  close(): void
}

/**
 * The practice line: a registrar, a proxy and one queue, over SIP in WebSockets (RFC 3261, RFC 7118).
 *
 * For practice, small sites and tests. It is not a telephone exchange: it has no trunk to the public network, no voice
 * menu, no media server and no recording; sound goes from browser to browser past it. It listens on nothing itself:
 * whoever composes it decides on the address, and that is loopback unless a person opts in.
 */
export function createSwitchboard(at: {
  clock: { now(): number } & Partial<LineClock>
  newId: () => string
  log: LineLog
  config: SwitchboardConfig
  authenticate: Authenticate
}): Switchboard {
  const config = completeConfig(at.config)
  const timers = at.clock.after ? { after: at.clock.after.bind(at.clock) } : lineClock(() => at.clock.now())
  const clock: LineClock = {
    now: () => at.clock.now(),
    after: (delayMs, run) => timers.after(delayMs, guarded(at.log, run)),
  }
  return new Line(clock, at.newId, at.log, config, at.authenticate)
}

class Line implements Switchboard {
  readonly source: QueueSource
  #flows = new Set<Flow>()
  #isOpen = true
  #clock: LineClock
  #newId: () => string
  #log: LineLog
  #config: Config
  #gatekeeper: Gatekeeper
  #registrar: Registrar
  #transactions: Transactions
  #dialogs: Dialogs
  #agents: Agents
  #line: WaitingLine
  #proxy: LineProxy
  #changes: Changes
  #board: Board

  constructor(clock: LineClock, newId: () => string, log: LineLog, config: Config, authenticate: Authenticate) {
    this.#clock = clock
    this.#newId = newId
    this.#log = log
    this.#config = config
    const { domain, timers } = config
    this.#changes = new Changes(clock.now, (error) => log.error({ err: error }, 'a reader of the queue failed'))
    this.#board = new Board(clock.now, config.timeZone)
    this.#gatekeeper = new Gatekeeper({ clock, newId, authenticate, config, log })
    this.#agents = new Agents(clock, config, (agent) => {
      this.#emit({ kind: 'agent.changed', agent })
      if (agent.state === 'ready') this.#line.dispatch()
    })
    this.#registrar = new Registrar(clock, config, (account, isRegistered, added) => {
      this.#agents.registration(account, isRegistered)
      if (added) this.#askAfterCallsOf(added)
    })
    this.#transactions = new Transactions(
      { clock, timers, newId, host: domain },
      {
        request: (transaction) => this.#received(transaction),
        ack: (request, flow) => this.#proxy.ack(request, flow),
      },
    )
    this.#dialogs = new Dialogs(
      { clock, graceMs: config.dialogGraceSeconds * 1000, lingerMs: timers.giveUpMs },
      {
        ended: (dialog, why) => this.#ended(dialog, why),
        lost: (dialog, lost, survivor) => hangUp(this.#transactions, dialog, lost, survivor),
      },
    )
    const parts = {
      clock,
      config,
      domain,
      queueNumber: config.queueNumber,
      newId,
      agents: this.#agents,
      registrar: this.#registrar,
      transactions: this.#transactions,
      dialogs: this.#dialogs,
      board: this.#board,
      referrals: new Referrals(clock),
      emit: (event: QueueEvent) => this.#emit(event),
    }
    this.#line = new WaitingLine(parts)
    this.#proxy = new LineProxy({ ...parts, line: this.#line })
    this.source = {
      name: 'switchboard',
      snapshot: () => this.#snapshot(),
      subscribe: (listener) => this.#changes.subscribe(listener),
      close: () => this.#changes.clear(),
    }
  }

  accept(socket: SipSocket, info: { remoteAddress: string; origin: string | null }): void {
    const isWelcome = isAllowedOrigin(info.origin, this.#config.allowedOrigins)
    if (!this.#isOpen || !isWelcome || this.#flows.size >= this.#config.maxSockets) {
      socket.on('error', () => {})
      socket.close(1008, 'not allowed')
      return
    }
    const flow: Flow = new Flow(this.#newId(), info.remoteAddress, socket, allowanceOf(this.#clock, this.#config), {
      parsed: (parsed) => guarded(this.#log, () => this.#parsed(parsed, flow))(),
      closed: guarded(this.#log, () => this.#flowClosed(flow)),
    })
    this.#flows.add(flow)
  }

  setAgentState({ agentId, state, reason }: AgentStateRequest): void {
    this.#agents.want(agentId, state, reason ?? null)
  }

  close(): void {
    if (!this.#isOpen) return
    this.#isOpen = false
    this.#line.close()
    this.#dialogs.close()
    this.#registrar.close()
    this.#agents.close()
    for (const flow of [...this.#flows]) flow.close(1001, 'the line closes')
    this.#emit({ kind: 'source.link', connected: false })
    this.source.close()
  }

  #parsed(parsed: Parsed, flow: Flow) {
    if ('message' in parsed) return this.#transactions.receive(parsed.message, flow)
    this.#log.warn({ flow: flow.id, what: parsed.malformed }, 'a message that is not SIP')
    if (parsed.answerable) flow.send(reply(parsed.answerable, 400, { toTag: this.#newId() }))
  }

  #received(transaction: ServerTransaction): void {
    // Caught once, here: a bug or a failing `authenticate` costs this request its answer and nothing else.
    this.#handle(transaction).catch((error: unknown) => {
      this.#log.error({ err: error, method: transaction.request.method }, 'a request on the line failed')
      transaction.reply(500)
    })
  }

  async #handle(transaction: ServerTransaction): Promise<void> {
    const { request, flow } = transaction
    if (!hasHopsLeft(request)) return transaction.reply(483)
    if (request.method === 'REGISTER') return this.#register(transaction)
    const isInDialog = tagOf(request, 'To') !== null
    if (request.method === 'OPTIONS' && !isInDialog) {
      return transaction.reply(200, {
        headers: [
          ['Allow', ALLOW],
          ['Accept', 'application/sdp'],
        ],
      })
    }
    if (!isInDialog && request.method !== 'INVITE') {
      return transaction.reply(request.method === 'BYE' || request.method === 'NOTIFY' ? 481 : 405, {
        headers: [['Allow', ALLOW]],
      })
    }
    const account = flow.account ?? (await this.#gatekeeper.identify(transaction, 'proxy'))
    if (!account) return
    flow.account ??= account
    if (isInDialog) this.#proxy.inDialog(transaction, account)
    else this.#proxy.invite(transaction, account)
  }

  async #register(transaction: ServerTransaction): Promise<void> {
    const { request, flow } = transaction
    const account = await this.#gatekeeper.identify(transaction, 'registrar')
    if (!account) return
    if (!isOwnAddress(request, account)) return transaction.reply(403, { reason: 'Not your address' })
    if (flow.account && flow.account.username !== account.username) {
      return transaction.reply(403, { reason: 'One user a connection' })
    }
    if (!flow.isOpen) return transaction.end()
    flow.account = account
    this.#registrar.register(transaction, account)
  }

  #flowClosed(flow: Flow): void {
    this.#flows.delete(flow)
    // Calls first, so that an agent in mid-call is 'talking' before being found unregistered.
    this.#dialogs.flowClosed(flow)
    this.#transactions.flowClosed(flow)
    this.#registrar.flowClosed(flow)
  }

  #ended(dialog: Dialog, why: DialogEnd): void {
    const { call, caller, callee } = dialog
    for (const { account } of [caller, callee]) {
      if (account.agentId) this.#agents.release(account.agentId, call.key, call.isCitizens)
    }
    if (call.isQueued) this.#emit({ kind: 'call.ended', callId: call.callId, agentId: callee.account.agentId })
    if (why !== 'bye') this.#log.info({ callId: call.callId, why }, 'a call ended without a goodbye')
  }

  #askAfterCallsOf(added: Binding): void {
    for (const returned of this.#dialogs.registered(added)) {
      const { dialog, leg, other } = returned
      askAfter(this.#transactions, returned, () => {
        if (dialog.state !== 'talking' || leg.flow !== added.flow) return
        hangUp(this.#transactions, dialog, leg, other)
        this.#dialogs.end(dialog, 'gone')
      })
    }
  }

  #emit(event: QueueEvent): void {
    this.#changes.append(event)
  }

  #snapshot(): QueueSnapshot {
    return {
      seq: this.#changes.seq,
      source: this.source.name,
      queueNumber: this.#config.queueNumber,
      waiting: this.#line.list(),
      agents: this.#agents.list(),
      counters: this.#board.counters(),
      lastUpdate: new Date(this.#clock.now()).toISOString(),
      connected: this.#isOpen,
    }
  }
}

function isOwnAddress(request: SipRequest, account: Account): boolean {
  const address = parseUri(uriTextOf(header(request, 'To') ?? ''))
  return address?.user === account.username
}

// A bug on the practice line is loud in the log, but the register lives in the same process and must not die of it.
function guarded(log: LineLog, run: () => void): () => void {
  return () => {
    try {
      run()
    } catch (error) {
      log.error({ err: error }, 'a bug on the practice line')
    }
  }
}
