import type { Account } from './account.ts'
import type { Flow } from './flow.ts'
import type { LineClock } from './line-clock.ts'
import type { ServerTransaction } from './server-transaction.ts'
import {
  cseqOf,
  header,
  headersOf,
  parameterOf,
  parseUri,
  type SipHeader,
  type SipUri,
  uriTextOf,
} from './sip-message.ts'

export type Binding = {
  account: Account
  /** The contact as the telephone wrote it; with a host of .invalid it means "over the flow that I came by" (RFC 7118 §5). */
  contact: string
  uri: SipUri
  instance: string | null
  flow: Flow
  callId: string
  cseq: number
  expiresAt: number
  stopExpiry: () => void
}

export type RegistrarConfig = {
  minExpiresSeconds: number
  defaultExpiresSeconds: number
  maxExpiresSeconds: number
  maxBindings: number
}

/** Who can be reached, and over which flow (RFC 3261 §10). The newest binding of a user stands last. */
export class Registrar {
  #bindings = new Map<string, Binding[]>()
  /** User names and extensions of agents; guests come and go and are not kept. */
  #seen = new Set<string>()
  #clock: LineClock
  #config: RegistrarConfig
  #changed: (account: Account, isRegistered: boolean, added: Binding | null) => void

  constructor(
    clock: LineClock,
    config: RegistrarConfig,
    changed: (account: Account, isRegistered: boolean, added: Binding | null) => void,
  ) {
    this.#clock = clock
    this.#config = config
    this.#changed = changed
  }

  register(transaction: ServerTransaction, account: Account) {
    const { request, flow } = transaction
    const contacts = headersOf(request, 'Contact')
    const expiresHeader = Number(header(request, 'Expires') ?? this.#config.defaultExpiresSeconds)
    if (contacts.some((contact) => contact.trim() === '*')) {
      if (contacts.length !== 1 || expiresHeader !== 0) return transaction.reply(400, { reason: 'Bad Contact' })
      this.#keep(account, [], null)
      return this.#answer(transaction, account)
    }
    const wanted = contacts.flatMap((value) => {
      const contact = uriTextOf(value)
      const [uri, expires] = [parseUri(contact), Number(parameterOf(value, 'expires') ?? expiresHeader)]
      return uri && expires >= 0 ? [{ contact, uri, expires, instance: parameterOf(value, '+sip.instance') }] : []
    })
    if (wanted.length < contacts.length) return transaction.reply(400, { reason: 'Bad Contact' })
    if (wanted.some(({ expires }) => expires > 0 && expires < this.#config.minExpiresSeconds)) {
      return transaction.reply(423, { headers: [['Min-Expires', `${this.#config.minExpiresSeconds}`]] })
    }
    const callId = header(request, 'Call-ID') ?? ''
    const cseq = cseqOf(request)?.number ?? 0
    const isLate = this.of(account.username).some((known) => known.callId === callId && known.cseq >= cseq)
    // §10.3 step 7: an older request that comes late must not undo a newer one.
    if (isLate) return transaction.reply(500, { reason: 'Out of order' })

    for (const { contact, uri, instance, expires } of wanted) {
      const others = this.of(account.username).filter((known) => {
        const isSamePhone = instance !== null && known.instance === instance
        return known.contact !== contact && !isSamePhone
      })
      if (expires === 0) this.#keep(account, others, null)
      else {
        const seconds = Math.min(expires, this.#config.maxExpiresSeconds)
        const expiresAt = this.#clock.now() + seconds * 1000
        const stopExpiry = this.#clock.after(seconds * 1000, () => this.#remove((one) => one === added))
        const added: Binding = { account, contact, uri, instance, flow, callId, cseq, expiresAt, stopExpiry }
        this.#keep(account, [...others, added].slice(-this.#config.maxBindings), added)
      }
    }
    this.#answer(transaction, account)
  }

  of(username: string): readonly Binding[] {
    return this.#bindings.get(username) ?? []
  }

  newest(username: string): Binding | null {
    return this.of(username).at(-1) ?? null
  }

  /** Whom a URI of our domain, or the contact of a registered telephone, means: all bindings to be rung. */
  lookup(uri: SipUri, domain: string): readonly Binding[] {
    if (uri.host !== domain) {
      const one = this.#all().find((binding) => isSameContact(binding.uri, uri))
      return one ? [one] : []
    }
    const byNumber = this.#all().filter((binding) => binding.account.number === uri.user)
    // A guest's number is what the guest said: it never takes the place of an extension or of a user name.
    const agent = byNumber.find((binding) => binding.account.kind === 'agent')
    const username =
      agent?.account.username ?? (this.of(uri.user).length > 0 ? uri.user : byNumber.at(-1)?.account.username)
    return username === undefined ? [] : this.of(username)
  }

  /** True for one who registered since the start: then 480 is the truth, and 404 is not. */
  isKnown(uri: SipUri, domain: string): boolean {
    return uri.host === domain && this.#seen.has(uri.user)
  }

  flowClosed(flow: Flow): void {
    this.#remove((binding) => binding.flow === flow)
  }

  close(): void {
    for (const binding of this.#all()) binding.stopExpiry()
    this.#bindings.clear()
  }

  #all(): Binding[] {
    return [...this.#bindings.values()].flat()
  }

  #remove(isGone: (binding: Binding) => boolean): void {
    for (const bindings of [...this.#bindings.values()]) {
      const left = bindings.filter((binding) => !isGone(binding))
      const account = bindings[0]?.account
      if (account && left.length !== bindings.length) this.#keep(account, left, null)
    }
  }

  #keep(account: Account, kept: Binding[], added: Binding | null): void {
    for (const binding of this.of(account.username)) if (!kept.includes(binding)) binding.stopExpiry()
    if (kept.length === 0) this.#bindings.delete(account.username)
    else this.#bindings.set(account.username, kept)
    if (account.kind === 'agent') this.#seen.add(account.username).add(account.number)
    this.#changed(account, kept.length > 0, added)
  }

  #answer(transaction: ServerTransaction, account: Account): void {
    const contacts = this.of(account.username).map((binding): SipHeader => {
      const seconds = Math.max(0, Math.round((binding.expiresAt - this.#clock.now()) / 1000))
      const instance = binding.instance === null ? '' : `;+sip.instance="${binding.instance}"`
      return ['Contact', `<${binding.contact}>;expires=${seconds}${instance}`]
    })
    transaction.reply(200, { headers: contacts })
  }
}

function isSameContact(left: SipUri, right: SipUri): boolean {
  return left.user === right.user && left.host === right.host && left.port === right.port
}
