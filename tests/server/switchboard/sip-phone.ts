import { createHash, randomBytes } from 'node:crypto'
import WebSocket from 'ws'

/** A SIP message as the test telephone reads it: with its own few lines, so that it is no mirror of the line's parser. */
export type Heard = {
  start: string
  method: string | null
  status: number
  uri: string
  headers: [string, string][]
  body: string
  text: string
}

export type Placed = {
  invite: string
  callId: string
  branch: string
  from: string
  to: string
  cseq: number
  uri: string
}

export const one = (heard: Heard, name: string): string =>
  heard.headers.find(([known]) => known.toLowerCase() === name.toLowerCase())?.[1] ?? ''
export const every = (heard: Heard, name: string): string[] =>
  heard.headers.filter(([known]) => known.toLowerCase() === name.toLowerCase()).map(([, value]) => value)
export const tagIn = (value: string): string => /;tag=([^;>\s]+)/.exec(value)?.[1] ?? ''
export const uriIn = (value: string): string => /<([^>]+)>/.exec(value)?.[1] ?? value
const md5 = (text: string) => createHash('md5').update(text).digest('hex')
const token = () => randomBytes(6).toString('hex')

/** A telephone without sound that speaks raw SIP over a WebSocket. It answers nothing by itself but OPTIONS. */
export class SipPhone {
  readonly username: string
  readonly password: string
  readonly domain: string
  contact: string
  isClosed = false
  #socket: WebSocket
  #heard: Heard[] = []
  #raw: string[] = []
  #waiters: (() => void)[] = []
  #cseq = 100
  #registration = { callId: token(), tag: token() }
  #nonceCount = 0

  private constructor(socket: WebSocket, username: string, password: string, domain: string) {
    this.#socket = socket
    this.username = username
    this.password = password
    this.domain = domain
    this.contact = `sip:${token()}@${token()}.invalid;transport=ws`
    socket.on('message', (data) => this.#receive(data.toString()))
    socket.on('close', () => {
      this.isClosed = true
      this.#wake()
    })
  }

  static async connect(
    url: string,
    at: { username: string; password: string; domain: string; origin?: string },
  ): Promise<SipPhone> {
    const socket = new WebSocket(url, 'sip', at.origin === undefined ? {} : { origin: at.origin })
    const phone = new SipPhone(socket, at.username, at.password, at.domain)
    await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject))
    return phone
  }

  send(text: string): void {
    this.#socket.send(text)
  }

  /** The socket ends without a word, as when a cable is pulled. */
  drop(): void {
    this.#socket.terminate()
  }

  close(): void {
    this.#socket.close()
  }

  async closed(): Promise<void> {
    await this.#until(() => (this.isClosed ? true : null), 'the socket to close')
  }

  /** The first message not yet taken that fits; waits for it. */
  next(what: string, fits: (heard: Heard) => boolean): Promise<Heard> {
    return this.#until(() => {
      const at = this.#heard.findIndex(fits)
      return at < 0 ? null : this.#heard.splice(at, 1)[0]!
    }, what)
  }

  nextRequest(method: string): Promise<Heard> {
    return this.next(method, (heard) => heard.method === method)
  }

  nextStatus(status: number, method: string): Promise<Heard> {
    return this.next(
      `${status} to ${method}`,
      (heard) => heard.status === status && one(heard, 'CSeq').endsWith(` ${method}`),
    )
  }

  nextFinal(method: string): Promise<Heard> {
    return this.next(
      `a final to ${method}`,
      (heard) => heard.status >= 200 && one(heard, 'CSeq').endsWith(` ${method}`),
    )
  }

  nextRaw(text: string): Promise<true> {
    return this.#until(() => (this.#raw.includes(text) ? true : null), JSON.stringify(text))
  }

  /** What came and was not taken, for saying that something did not come. */
  untaken(): string[] {
    return this.#heard.map(({ start }) => start)
  }

  /** Proves that all sent before has been worked through: the line answers in order. */
  async settle(): Promise<void> {
    const callId = token()
    this.send(this.text('OPTIONS', `sip:${this.domain}`, { callId, cseq: 1 }))
    await this.next('the answer to OPTIONS', (heard) => heard.status === 200 && one(heard, 'Call-ID') === callId)
  }

  text(
    method: string,
    uri: string,
    at: {
      callId: string
      cseq: number
      from?: string
      to?: string
      branch?: string
      headers?: string[]
      body?: string
    },
  ): string {
    const body = at.body ?? ''
    return [
      `${method} ${uri} SIP/2.0`,
      `Via: SIP/2.0/WS ${token()}.invalid;branch=${at.branch ?? `z9hG4bK${token()}`}`,
      `From: ${at.from ?? `<sip:${this.username}@${this.domain}>;tag=${token()}`}`,
      `To: ${at.to ?? `<${uri}>`}`,
      `Call-ID: ${at.callId}`,
      `CSeq: ${at.cseq} ${method}`,
      ...(at.headers?.some((header) => header.startsWith('Max-Forwards')) ? [] : ['Max-Forwards: 70']),
      ...(at.headers ?? []),
      `Content-Length: ${Buffer.byteLength(body)}`,
      '',
      body,
    ].join('\r\n')
  }

  /** Registers with digest; the final answer, whatever it is. */
  async register(at: { expires?: number; password?: string; contact?: string; extra?: string } = {}): Promise<Heard> {
    const uri = `sip:${this.domain}`
    const ask = (authorization: string[]) => {
      this.#cseq += 1
      const identity = `<sip:${this.username}@${this.domain}>`
      this.send(
        this.text('REGISTER', uri, {
          callId: this.#registration.callId,
          cseq: this.#cseq,
          from: `${identity};tag=${this.#registration.tag}`,
          to: identity,
          headers: [
            `Contact: ${at.contact ?? `<${this.contact}>${at.extra ?? ''}`}`,
            `Expires: ${at.expires ?? 300}`,
            ...authorization,
          ],
        }),
      )
      return this.nextFinal('REGISTER')
    }
    const challenge = await ask([])
    if (challenge.status !== 401) return challenge
    return ask([this.authorization('REGISTER', uri, one(challenge, 'WWW-Authenticate'), at.password)])
  }

  authorization(
    method: string,
    uri: string,
    challenge: string,
    password = this.password,
    at: { nc?: string; name?: string } = {},
  ): string {
    const nonce = /nonce="([^"]+)"/.exec(challenge)?.[1] ?? ''
    this.#nonceCount += 1
    const nc = at.nc ?? '00000001'
    const cnonce = token()
    const ha1 = md5(`${this.username}:${this.domain}:${password}`)
    const response = md5(`${ha1}:${nonce}:${nc}:${cnonce}:auth:${md5(`${method}:${uri}`)}`)
    return (
      `${at.name ?? 'Authorization'}: Digest algorithm=MD5, username="${this.username}", realm="${this.domain}", ` +
      `nonce="${nonce}", uri="${uri}", response="${response}", qop=auth, cnonce="${cnonce}", nc=${nc}`
    )
  }

  /** Sends an INVITE and does not wait. */
  call(target: string, headers: string[] = []): Placed {
    const uri = target.startsWith('sip:') ? target : `sip:${target}@${this.domain}`
    const [callId, branch] = [token(), `z9hG4bK${token()}`]
    const from = `"tự xưng" <sip:${this.username}@${this.domain}>;tag=${token()}`
    this.#cseq += 1
    const invite = this.text('INVITE', uri, {
      callId,
      cseq: this.#cseq,
      from,
      branch,
      headers: [`Contact: <${this.contact};ob>`, 'Content-Type: application/sdp', ...headers],
      body: 'v=0\r\ns=chào\r\n',
    })
    this.send(invite)
    return { invite, callId, branch, from, to: `<${uri}>`, cseq: this.#cseq, uri }
  }

  cancel(placed: Placed): void {
    const { callId, branch, from, to, cseq, uri } = placed
    this.send(this.text('CANCEL', uri, { callId, branch, from, to, cseq }))
  }

  ackFailure(placed: Placed, final: Heard): void {
    const { callId, branch, from, cseq, uri } = placed
    this.send(this.text('ACK', uri, { callId, branch, from, to: one(final, 'To'), cseq }))
  }

  respond(request: Heard, status: number, at: { tag?: string; headers?: string[]; body?: string } = {}): void {
    const to = one(request, 'To')
    const tagged = status > 100 && !tagIn(to) ? `${to};tag=${at.tag ?? token()}` : to
    const body = at.body ?? ''
    this.send(
      [
        `SIP/2.0 ${status} Said`,
        ...every(request, 'Via').map((via) => `Via: ${via}`),
        ...every(request, 'Record-Route').map((route) => `Record-Route: ${route}`),
        `From: ${one(request, 'From')}`,
        `To: ${tagged}`,
        `Call-ID: ${one(request, 'Call-ID')}`,
        `CSeq: ${one(request, 'CSeq')}`,
        `Contact: <${this.contact}>`,
        ...(at.headers ?? []),
        `Content-Length: ${Buffer.byteLength(body)}`,
        '',
        body,
      ].join('\r\n'),
    )
  }

  #receive(text: string): void {
    this.#raw.push(text)
    const [head = '', ...bodies] = text.split('\r\n\r\n')
    const [start = '', ...lines] = head.split('\r\n')
    const headers = lines.map((line): [string, string] => {
      const colon = line.indexOf(':')
      return [line.slice(0, colon).trim(), line.slice(colon + 1).trim()]
    })
    const status = Number(/^SIP\/2\.0 (\d{3})/.exec(start)?.[1] ?? 0)
    const [method = '', uri = ''] = start.split(' ')
    const heard = { start, method: status ? null : method, status, uri, headers, body: bodies.join('\r\n\r\n'), text }
    if (heard.method === 'OPTIONS') this.#askedAfter(heard)
    else this.#heard.push(heard)
    this.#wake()
  }

  /** What this telephone says when it is asked whether it still knows a call. */
  knowsCalls = true
  #askedAfter(heard: Heard): void {
    this.respond(heard, this.knowsCalls ? 200 : 481)
  }

  #wake(): void {
    for (const wake of this.#waiters.splice(0)) wake()
  }

  async #until<T>(look: () => T | null, what: string): Promise<T> {
    let isLate = false
    const limit = setTimeout(() => {
      isLate = true
      this.#wake()
    }, 8000)
    try {
      for (;;) {
        const found = look()
        if (found !== null) return found
        if (isLate) throw new Error(`${this.username} waited for ${what}; untaken: ${this.untaken().join(' | ')}`)
        await new Promise<void>((resolve) => this.#waiters.push(resolve))
      }
    } finally {
      clearTimeout(limit)
    }
  }
}

/** One end of an established call, able to send requests inside it. */
export class Talk {
  readonly phone: SipPhone
  readonly callId: string
  readonly local: string
  readonly remote: string
  remoteTarget: string
  routes: string[]
  cseq: number

  private constructor(phone: SipPhone, callId: string, local: string, remote: string, from: Heard, cseq: number) {
    this.phone = phone
    this.callId = callId
    this.local = local
    this.remote = remote
    this.remoteTarget = uriIn(one(from, 'Contact'))
    this.routes = every(from, 'Record-Route')
    this.cseq = cseq
  }

  static asCaller(phone: SipPhone, placed: Placed, ok: Heard): Talk {
    const talk = new Talk(phone, placed.callId, placed.from, one(ok, 'To'), ok, placed.cseq)
    talk.routes.reverse()
    talk.send('ACK', [], placed.cseq)
    return talk
  }

  static asCallee(phone: SipPhone, invite: Heard, tag: string): Talk {
    return new Talk(phone, one(invite, 'Call-ID'), `${one(invite, 'To')};tag=${tag}`, one(invite, 'From'), invite, 0)
  }

  /** The same dialog continued by another telephone of the same user. */
  continuedBy(phone: SipPhone): Talk {
    const copy = Object.create(Talk.prototype) as Talk
    return Object.assign(copy, this, { phone })
  }

  send(method: string, headers: string[] = [], cseq?: number): void {
    if (cseq === undefined) this.cseq += 1
    this.phone.send(
      this.phone.text(method, this.remoteTarget, {
        callId: this.callId,
        cseq: cseq ?? this.cseq,
        from: this.local,
        to: this.remote,
        headers: [...this.routes.map((route) => `Route: ${route}`), `Contact: <${this.phone.contact}>`, ...headers],
      }),
    )
  }
}
