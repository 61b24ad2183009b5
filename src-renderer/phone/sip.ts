import {
  Invitation,
  Inviter,
  type Referral,
  Registerer,
  RegistererState,
  type Session,
  SessionState,
  SIPExtension,
  UserAgent,
  Web,
} from 'sip.js'
import { isHoldOffer } from './directions.ts'
import { forgiving } from './forgiving.ts'
import { askUntilParted } from './glare.ts'
import type { EndReason } from './phone.ts'
import { keepRegistered } from './registration.ts'
import {
  asksAutoAnswer,
  codeOfSipfrag,
  isMarkedExternal,
  namedBy,
  progressOf,
  reasonOfCancel,
  reasonOfCode,
  type SipCall,
  type SipCallListener,
  type SipLink,
  type SipLinkParts,
} from './sip-words.ts'

/**
 * The one file that knows SIP.js, which has had no release since October 2022: its whole surface that we use is here,
 * so that it can be replaced. What it lacks is made up here or in registration.ts: reconnecting, rolling back a refused
 * re-INVITE, forgiving a wrong answer to a hold, and following a transfer without the line noticing.
 */
export const openSipLink = (parts: SipLinkParts): SipLink => {
  const { settings } = parts
  const userAgent = new UserAgent({
    uri: uriOf(settings.username, settings.domain),
    displayName: settings.displayName,
    authorizationUsername: settings.username,
    authorizationPassword: settings.password,
    transportOptions: { server: settings.wsUrl, keepAliveInterval: 15, traceSip: false },
    sipExtensionReplaces: SIPExtension.Supported,
    logBuiltinEnabled: false,
    userAgentString: 'Ban Truc 1022',
    sessionDescriptionHandlerFactory: makeHandler,
    // The default is a public STUN server and a wait of five seconds.
    sessionDescriptionHandlerFactoryOptions: {
      iceGatheringTimeout: 500,
      peerConnectionConfiguration: { iceServers: settings.iceServers },
    },
  })
  const owners: Owners = new Map()
  const own = (session: Session) => ownCall(session, { domain: settings.domain, owners, chance: parts.chance })

  let registerer = new Registerer(userAgent, { expires: 120 })
  const registration = keepRegistered({
    ...parts,
    report: parts.onRegistration,
    connect: () => (userAgent.isConnected() ? Promise.resolve() : userAgent.start().then(() => userAgent.reconnect())),
    register: () => {
      // A fresh one each time: an old one may still wait for an answer that the dead socket swallowed.
      registerer.stateChange.removeListener(onRegistererState)
      registerer = new Registerer(userAgent, { expires: 120 })
      return registerOnce(registerer).then((code) => {
        registerer.stateChange.addListener(onRegistererState)
        return code
      })
    },
  })
  const onRegistererState = (state: RegistererState) => {
    if (state === RegistererState.Unregistered) registration.lost()
  }
  const onNetwork = () => {
    // The old socket belongs to an address that we may no longer have; it would take minutes to find out.
    void userAgent.transport.disconnect().then(registration.hurry)
  }

  userAgent.delegate = {
    onDisconnect: (error) => {
      if (error) registration.lost()
    },
    onInvite: (invitation) => {
      const replaced = invitation.replacee && owners.get(invitation.replacee)
      if (replaced) return replaced.giveWayTo(invitation)
      const call = own(invitation)
      call.listen(parts.onIncoming(call))
    },
  }
  window.addEventListener('online', onNetwork)
  void registration.start()

  return {
    dial: async (number, microphone, listener) => {
      const inviter = new Inviter(userAgent, uriOf(number, settings.domain), {
        sessionDescriptionHandlerOptions: withMicrophone(microphone),
      })
      const call = own(inviter)
      call.listen(listener)
      await call.invite()
      return call
    },
    close: async () => {
      window.removeEventListener('online', onNetwork)
      registerer.stateChange.removeListener(onRegistererState)
      registration.stop()
      if (userAgent.isConnected() && registerer.state === RegistererState.Registered) await unregisterOnce(registerer)
      await userAgent.stop()
    },
  }
}

type OwnedCall = SipCall & {
  listen(listener: SipCallListener): void
  invite(): Promise<void>
  giveWayTo(invitation: Invitation): void
}

type Owners = Map<Session, OwnedCall>

type Surroundings = { domain: string; owners: Owners; chance(): number }

/** A call outlives its sessions: a transfer puts another session under the same call. */
const ownCall = (first: Session, { domain, owners, chance }: Surroundings): OwnedCall => {
  let session = first
  let follower: Session | undefined
  let listener: SipCallListener | undefined
  let endReason: EndReason | undefined
  let isHeld = false
  let isEnded = false
  let lastAct: Promise<unknown> = Promise.resolve()
  const direction = first instanceof Invitation ? 'in' : 'out'
  const header = (name: string) => (first instanceof Invitation ? first.request.getHeader(name) : undefined)
  // RFC 7462: the exchange marks what comes from outside, such as a call from the queue.
  const isFromOutside = isMarkedExternal(header('Alert-Info'))

  // The library refuses a second re-INVITE while one is under way.
  const inTurn = <T>(act: () => Promise<T>): Promise<T> => {
    const turn = lastAct.then(act)
    lastAct = turn.catch(() => undefined)
    return turn
  }

  const moveTo = (next: Session) => {
    session = next
    follower = undefined
    isHeld = false
    listener?.onReplaced(identityOf(next).number, identityOf(next).displayName)
    if (next.state === SessionState.Established) listener?.onAnswered()
  }

  const onEstablished = (one: Session) => {
    if (one === follower) moveTo(one)
    else if (one === session) listener?.onAnswered()
  }

  const onTerminated = (one: Session) => {
    owners.delete(one)
    if (one === follower) follower = undefined
    if (one !== session || isEnded) return
    // Whoever transferred us hangs up as soon as the next call was accepted, which may be before its media is ready.
    if (follower) return moveTo(follower)
    isEnded = true
    listener?.onEnded(endReason ?? 'failed')
  }

  const follow = (one: Session) => {
    owners.set(one, call)
    one.delegate = {
      onBye: (bye) => {
        if (one === session) endReason = 'hung-up-there'
        void bye.accept()
      },
      onCancel: (cancel) => {
        endReason = reasonOfCancel(cancel.request.getHeader('Reason'))
      },
      onInvite: (request) => {
        if (one === session && request.body) listener?.onHeldThere(isHoldOffer(request.body))
      },
      onRefer: (referral) => void followTransfer(referral),
    }
    one.stateChange.addListener((state) => {
      if (state === SessionState.Established) onEstablished(one)
      // The library says why only after it has said that the call is over.
      if (state === SessionState.Terminated) queueMicrotask(() => onTerminated(one))
    })
  }

  const followTransfer = async (referral: Referral) => {
    // A citizen must not be able to make an agent's phone dial.
    if (isFromOutside || follower) return referral.reject({ statusCode: 603 })
    await referral.accept()
    const next = referral.makeInviter({ sessionDescriptionHandlerOptions: withMicrophone(copyOfMicrophone(session)) })
    follower = next
    follow(next)
    await next.invite()
  }

  const reinvite = (isRestart: boolean) =>
    inTurn(() =>
      askUntilParted(() => reinviteOnce(session, { isHeld, isRestart }), {
        isOwner: direction === 'out',
        isOver: () => isEnded,
        chance,
      }),
    )

  const call: OwnedCall = {
    direction,
    ...identityOf(first),
    queueCallId: header('X-Call-Id') ?? null,
    asksAutoAnswer: asksAutoAnswer(header('Call-Info'), header('Alert-Info')),
    peer: () => handlerOf(session)?.peerConnection ?? null,
    listen: (one) => {
      listener = one
    },
    invite: async () => {
      if (!(session instanceof Inviter)) throw new Error('Only an outgoing call invites.')
      await session.invite({
        requestDelegate: {
          onAccept: ({ message }) => listener?.onNamed(message.getHeader('X-Call-Id') ?? null),
          onProgress: ({ message }) => {
            listener?.onNamed(message.getHeader('X-Call-Id') ?? null)
            listener?.onProgress(...progressOf(message.statusCode ?? 100, message.getHeader('X-Queue-Position')))
          },
          onReject: ({ message }) => {
            endReason ??= reasonOfCode(message.statusCode ?? 500)
          },
        },
      })
    },
    giveWayTo: (invitation) => {
      const microphone = copyOfMicrophone(session)
      follow(invitation)
      follower = invitation
      invitation.accept({ sessionDescriptionHandlerOptions: withMicrophone(microphone) }).catch(() => {
        if (follower === invitation) follower = undefined
      })
    },
    answer: async (microphone) => {
      if (!(session instanceof Invitation)) throw new Error('Only an incoming call is answered.')
      await session.accept({ sessionDescriptionHandlerOptions: withMicrophone(microphone) })
    },
    decline: async (isBusy) => {
      endReason = 'declined-here'
      if (session instanceof Invitation) await session.reject({ statusCode: isBusy ? 486 : 603 })
    },
    hangUp: async (reason) => {
      endReason = reason
      if (session.state === SessionState.Established) await session.bye()
      else if (session instanceof Inviter) await session.cancel()
      else if (session instanceof Invitation && session.state === SessionState.Initial) await session.reject()
    },
    setHold: (next) => {
      isHeld = next
      return reinvite(false)
    },
    refresh: () => reinvite(false),
    restartMedia: () => reinvite(true),
    sendToneByInfo: async (tone) => {
      const content = `Signal=${tone}\r\nDuration=160`
      await session.info({
        requestOptions: {
          body: { contentDisposition: 'render', contentType: 'application/dtmf-relay', content },
        },
      })
    },
    transferTo: (target) =>
      referOnce(session, typeof target === 'string' ? uriOf(target, domain) : innerOf(target), () =>
        listener?.onTransferRinging(),
      ),
  }
  sessionOf.set(call, () => session)
  follow(first)
  return call
}

/** An attended transfer names another call of ours; outside this file nobody sees its session. */
const sessionOf = new WeakMap<SipCall, () => Session>()

const innerOf = (call: SipCall): Session => {
  const inner = sessionOf.get(call)
  if (!inner) throw new Error('A transfer needs a call of this phone.')
  return inner()
}

/** The SIP code of the answer; rejects when nothing was sent, as when the other side's question came first. */
const reinviteOnce = (session: Session, { isHeld, isRestart }: { isHeld: boolean; isRestart: boolean }) =>
  new Promise<number>((resolve, reject) => {
    const steady = handlerOptions({ hold: isHeld })
    session.sessionDescriptionHandlerOptionsReInvite = isRestart
      ? handlerOptions({ hold: isHeld, offerOptions: { iceRestart: true } })
      : steady
    session
      .invite({
        requestDelegate: {
          onAccept: () => resolve(200),
          onReject: (response) => resolve(response.message.statusCode ?? 500),
        },
      })
      .catch(reject)
      .finally(() => {
        // They also steer our answers to the other side's re-INVITEs, where a restart would wait in vain.
        session.sessionDescriptionHandlerOptionsReInvite = steady
      })
  })

/** A consultation is transferred by REFER with Replaces; a number by a plain one. */
const referOnce = (session: Session, target: Parameters<Session['refer']>[0], onRinging: () => void): Promise<number> =>
  new Promise((resolve, reject) => {
    const settle = (code: number) => {
      clearTimeout(timer)
      resolve(code)
    }
    const timer = setTimeout(() => settle(408), 45_000)
    session.stateChange.addListener((state) => {
      // Many exchanges hang up on us as soon as the transfer worked, without a last NOTIFY.
      if (state === SessionState.Terminated) settle(200)
    })
    session
      .refer(target, {
        requestDelegate: { onReject: ({ message }) => settle(message.statusCode ?? 500) },
        onNotify: (notification) => {
          void notification.accept()
          const code = codeOfSipfrag(notification.request.body)
          if (code === null) return
          if (code >= 200) settle(code)
          else if (code > 100) onRinging()
        },
      })
      .catch((error: unknown) => {
        clearTimeout(timer)
        reject(error)
      })
  })

/** The SIP code of the registrar's final answer; 503 when the message could not leave. */
const registerOnce = (registerer: Registerer): Promise<number> =>
  new Promise((resolve, reject) => {
    registerer
      .register({
        requestDelegate: {
          onAccept: () => resolve(200),
          onReject: ({ message }) => resolve(message.statusCode ?? 500),
        },
      })
      .catch(reject)
  })

const unregisterOnce = (registerer: Registerer): Promise<void> =>
  new Promise((resolve) => {
    const patience = setTimeout(resolve, 1_000)
    const done = () => {
      clearTimeout(patience)
      resolve()
    }
    registerer.unregister({ requestDelegate: { onAccept: done, onReject: done } }).catch(done)
  })

/** For forgiving.ts, which changes this class without knowing the library. */
export type MediaHandlerClass = typeof Web.SessionDescriptionHandler
export type MediaHandlerOptions = Web.SessionDescriptionHandlerOptions

const ForgivingHandler = forgiving(Web.SessionDescriptionHandler)

type HandlerOptions = MediaHandlerOptions & { microphone?: MediaStream }

const handlerOptions = (options: HandlerOptions): HandlerOptions => options

const withMicrophone = (microphone: MediaStream): HandlerOptions => ({ microphone })

/** The engine has opened the microphone before, so that a refused permission never looks like a refused call. */
const makeHandler = (session: Session, options?: object): Web.SessionDescriptionHandler =>
  new ForgivingHandler(
    session.userAgent.getLogger('sip.media'),
    (_constraints, _handler, given?: HandlerOptions) =>
      given?.microphone ? Promise.resolve(given.microphone) : Promise.reject(new Error('No microphone was opened.')),
    options,
  )

const handlerOf = (session: Session): Web.SessionDescriptionHandler | undefined =>
  session.sessionDescriptionHandler as Web.SessionDescriptionHandler | undefined

/** The library stops the tracks of a session that ends; the next session needs its own. */
const copyOfMicrophone = (session: Session): MediaStream => {
  const track = handlerOf(session)
    ?.peerConnection?.getSenders()
    .find((sender) => sender.track)?.track
  return new MediaStream(track ? [track.clone()] : [])
}

const identityOf = (session: Session) => namedBy(session.assertedIdentity ?? session.remoteIdentity)

const uriOf = (user: string, domain: string) => {
  const uri = UserAgent.makeURI(`sip:${encodeURIComponent(user)}@${domain}`)
  if (!uri) throw new Error(`No SIP address can be made of ${user} at ${domain}.`)
  return uri
}
