import type { EndReason, Line, PhoneSettings, Registration } from './phone.ts'

/** One call as the engine sees it: no type of the SIP library, but the browser's own media types. */
export type SipCall = {
  readonly direction: 'in' | 'out'
  readonly number: string
  readonly displayName: string
  readonly queueCallId: string | null
  /** The other side asks that the phone answers by itself (Call-Info answer-after=0, or Alert-Info). */
  readonly asksAutoAnswer: boolean
  /** Changes when a transfer puts another call in this one's place. */
  peer(): RTCPeerConnection | null
  answer(microphone: MediaStream): Promise<void>
  decline(isBusy: boolean): Promise<void>
  hangUp(reason: EndReason): Promise<void>
  /** The SIP code of the other side's answer to the re-INVITE, below 300 when it agreed. */
  setHold(isHeld: boolean): Promise<number>
  /** Tells the other side again where we are; the media stays. */
  refresh(): Promise<number>
  /** A new way for the media after the network changed; needs the signalling to be back. */
  restartMedia(): Promise<number>
  /** DTMF by INFO, for a peer that negotiated no telephone-event. */
  sendToneByInfo(tone: string): Promise<void>
  /** The final code that the other side reports in its sipfrag, not the 202 to the REFER. */
  transferTo(target: string | SipCall): Promise<number>
}

export type SipCallListener = {
  onProgress(progress: Line['progress'], queuePosition: number | null): void
  /** The name under which the exchange knows a call that we make; null when it gives none. */
  onNamed(queueCallId: string | null): void
  onAnswered(): void
  onHeldThere(isHeldThere: boolean): void
  /** The other side is now somebody else, over another peer connection. */
  onReplaced(number: string, displayName: string): void
  onTransferRinging(): void
  onEnded(reason: EndReason): void
}

export type SipLink = {
  /** Resolves when the INVITE has left. */
  dial(number: string, microphone: MediaStream, listener: SipCallListener): Promise<SipCall>
  /** Hangs nothing up: the engine does that first. */
  close(): Promise<void>
}

export type SipLinkParts = {
  settings: PhoneSettings
  clock: { now(): number }
  chance(): number
  onRegistration(registration: Registration): void
  onIncoming(call: SipCall): SipCallListener
  /** The signalling came back after it was lost. */
  onBack(): void
}

/** Why a call that we made was not answered. */
export const reasonOfCode = (code: number): EndReason => {
  if (code === 486 || code === 600) return 'busy'
  if (code === 603) return 'declined-there'
  if (code === 408) return 'no-answer'
  if (code === 404 || code === 484 || code === 604) return 'not-found'
  if (code === 480 || code === 410 || code === 503) return 'unavailable'
  if (code === 487) return 'cancelled-here'
  return 'failed'
}

/** RFC 3326: a CANCEL because another phone of the group answered carries `SIP;cause=200`. */
export const reasonOfCancel = (reasonHeader: string | undefined): EndReason =>
  reasonHeader && /cause\s*=\s*200/.test(reasonHeader) ? 'answered-elsewhere' : 'cancelled-there'

/** The final or provisional code in a message/sipfrag body (RFC 3420), or null when it is not one. */
export const codeOfSipfrag = (body: string): number | null => {
  const code = /^SIP\/2\.0\s+(\d{3})/.exec(body)?.[1]
  return code === undefined ? null : Number(code)
}

/**
 * Whether digits sent as RFC 4733 events will be understood: the answer must name telephone-event under a payload type
 * that we offered. Chromium offers 126 and 110; a peer that always answers 101 would hear nothing.
 */
export const agreesOnTones = (localSdp: string, remoteSdp: string): boolean => {
  const offered = new Set(toneTypes(localSdp))
  return toneTypes(remoteSdp).some((type) => offered.has(type))
}

const toneTypes = (sdp: string): string[] =>
  [...sdp.matchAll(/^a=rtpmap:(\d+) telephone-event\//gm)].map((match) => match[1] ?? '')

/** JSEP 5.2.1 and 5.3.1: an offer says actpass, an answer says which of the two it is. */
export const isOffer = (sdp: string): boolean => /^a=setup:actpass\s*$/m.test(sdp)

/** RFC 3325: who the exchange says it is was preferred before; a name that only repeats the number is no name. */
export const namedBy = (identity: { displayName: string; uri: { user?: string | undefined } }) => {
  const number = identity.uri.user ?? ''
  return { number, displayName: identity.displayName === number ? '' : identity.displayName }
}

/** What a provisional answer says to the one who waits. The position is the exchange's own header. */
export const progressOf = (code: number, positionHeader: string | undefined): [Line['progress'], number | null] => {
  const position = Number(positionHeader ?? Number.NaN)
  const progress = code === 182 ? 'queued' : code === 180 ? 'ringing' : 'calling'
  return [progress, Number.isInteger(position) ? position : null]
}

/** RFC 7462: the exchange marks what comes from outside, such as a call from the queue. */
export const isMarkedExternal = (alertInfo: string | undefined): boolean =>
  /source:external|info=queue/.test(alertInfo ?? '')

/** Two ways in which exchanges ask that a telephone answers by itself; no standard has won. */
export const asksAutoAnswer = (callInfo: string | undefined, alertInfo: string | undefined): boolean =>
  /answer-after\s*=\s*0/i.test(callInfo ?? '') || /auto-?answer/i.test(alertInfo ?? '')
