import {
  type Invitation,
  Inviter,
  Registerer,
  type Session,
  type SessionDescriptionHandler,
  SessionState,
  UserAgent,
} from 'sip.js'
import { DOMAIN, PASSWORD, type PracticeLine } from './practice-line.ts'

/** A real SIP.js user agent; only the sound is left out, for there is no WebRTC in Node. */
export class SipJsPhone {
  readonly userAgent: UserAgent
  readonly registerer: Registerer
  readonly progress: number[] = []
  readonly infos: string[] = []
  #incoming: Invitation[] = []
  #waiters: (() => void)[] = []

  constructor(line: PracticeLine, username: string, password = PASSWORD) {
    this.userAgent = new UserAgent({
      uri: uri(username),
      transportOptions: { server: line.url },
      authorizationUsername: username,
      authorizationPassword: password,
      sipExtensionReplaces: 'Supported' as never,
      gracefulShutdown: false,
      logLevel: 'error',
      logBuiltinEnabled: false,
      sessionDescriptionHandlerFactory: silence,
      delegate: {
        onInvite: (invitation) => {
          this.#incoming.push(invitation)
          invitation.delegate = { onInfo: (info) => this.#info(info) }
          for (const wake of this.#waiters.splice(0)) wake()
        },
      },
    })
    this.registerer = new Registerer(this.userAgent)
  }

  async register(): Promise<void> {
    if (!this.userAgent.isConnected()) await this.userAgent.start()
    await new Promise<void>((resolve) => {
      void this.registerer.register({ requestDelegate: { onAccept: () => resolve() } })
    })
  }

  /** The socket ends; the user agent and its calls live on. */
  drop(): void {
    void this.userAgent.transport.disconnect()
  }

  async refusal(): Promise<number> {
    await this.userAgent.start()
    return new Promise((resolve) => {
      void this.registerer.register({
        requestDelegate: { onReject: (response) => resolve(response.message.statusCode ?? 0) },
      })
    })
  }

  call(number: string): Inviter {
    const inviter = new Inviter(this.userAgent, uri(number))
    void inviter.invite({
      requestDelegate: { onProgress: ({ message }) => this.progress.push(message.statusCode ?? 0) },
    })
    return inviter
  }

  async ringing(): Promise<Invitation> {
    for (;;) {
      const invitation = this.#incoming.shift()
      if (invitation) return invitation
      await new Promise<void>((resolve) => this.#waiters.push(resolve))
    }
  }

  #info(info: { request: { body: string }; accept(): Promise<void> }): void {
    this.infos.push(info.request.body)
    void info.accept()
  }
}

/** SIP.js is not ready for the next offer before the ACK of the last one is there. */
function acknowledged(session: Session): Promise<void> {
  return new Promise((resolve) => {
    session.delegate = { ...session.delegate, onAck: () => resolve() }
  })
}

export async function accepted(invitation: Invitation, inviter: Inviter): Promise<void> {
  const both = [acknowledged(invitation), reached(inviter, SessionState.Established)]
  await invitation.accept()
  await Promise.all(both)
}

/** A re-INVITE that the other end accepts. */
export async function renewed(session: Session, other: Session): Promise<void> {
  const through = acknowledged(other)
  await session.invite()
  await through
}

/** Resolves when the thing comes to the state; at once when it is there. */
export function reached<S>(
  thing: { state: S; stateChange: { addListener(run: (state: S) => void): void } },
  state: S,
): Promise<void> {
  if (thing.state === state) return Promise.resolve()
  return new Promise((resolve) => {
    thing.stateChange.addListener((now) => {
      if (now === state) resolve()
    })
  })
}

export function uri(user: string) {
  const made = UserAgent.makeURI(`sip:${user}@${DOMAIN}`)
  if (!made) throw new Error(`no URI: ${user}`)
  return made
}

const silence = (_session: Session): SessionDescriptionHandler => ({
  close() {},
  getDescription: () => Promise.resolve({ body: 'v=0\r\n', contentType: 'application/sdp' }),
  hasDescription: (contentType) => contentType === 'application/sdp',
  rollbackDescription: () => Promise.resolve(),
  setDescription: () => Promise.resolve(),
  sendDtmf: () => true,
})
