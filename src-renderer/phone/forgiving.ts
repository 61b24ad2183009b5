import {
  answerDirection,
  asIfSending,
  type Direction,
  directionOf,
  offerDirection,
  withDirection,
} from './directions.ts'
import { isSameMedia, reanswer, reoffer, withVersion } from './reoffers.ts'
import type { MediaHandlerClass, MediaHandlerOptions } from './sip.ts'
import { isOffer } from './sip-words.ts'

type Handler = InstanceType<MediaHandlerClass>

/**
 * Mends what the library's handler of offers and answers leaves undone, so that a call outlives a clumsy peer.
 *
 * Holding is only said on the wire; the browser's own connection goes on believing that both ends send. Were it told, it
 * would mute the other side's track, and when sound comes back before the answer that announces it, as on any quick
 * network, Chromium leaves the track mute for the rest of the call. It also could not take the sendrecv with which old
 * exchanges answer a hold (against RFC 3264 6.1), and the library would hang up.
 */
export const forgiving = (Base: MediaHandlerClass) =>
  class extends Base {
    private timesYielded = 0
    private version = 0
    private theirDirection: Direction = 'sendrecv'
    /** Their last description that the browser was given. */
    private theirMedia = ''
    /** What is being settled on the wire alone, without the browser. */
    private onWire: 'our-offer' | 'their-offer' | null = null

    /** The library asks for it when an offer is refused, but does not bring it; without it no later offer works. */
    async rollbackDescription(): Promise<void> {
      this.onWire = null
      const peer = this.peerConnection
      if (peer?.signalingState === 'have-local-offer') await peer.setLocalDescription({ type: 'rollback' })
      if (peer?.signalingState === 'have-remote-offer') await peer.setRemoteDescription({ type: 'rollback' })
    }

    /**
     * Their offer may come while ours is still being made. The library would take it for the answer to ours, and would
     * then cut the call; we give way to theirs, and whoever is making ours is told to begin again.
     */
    override async setDescription(...given: Parameters<Handler['setDescription']>): Promise<void> {
      const [sdp, ...rest] = given
      if (this.peerConnection?.signalingState === 'have-local-offer' && isOffer(sdp)) {
        this.timesYielded += 1
        await this.rollbackDescription()
      }
      this.theirDirection = directionOf(sdp)
      if (this.onWire === 'our-offer') {
        this.onWire = null
        return
      }
      if (this.isEstablished() && isSameMedia(sdp, this.theirMedia)) {
        this.onWire = 'their-offer'
        return
      }
      this.theirMedia = sdp
      return super.setDescription(asIfSending(sdp), ...rest)
    }

    override async getDescription(options?: MediaHandlerOptions, ...rest: unknown[]) {
      const isHeld = options?.hold ?? false
      const isAnswer = this.onWire === 'their-offer' || this.peerConnection?.signalingState === 'have-remote-offer'
      const direction = isAnswer ? answerDirection(this.theirDirection, isHeld) : offerDirection(isHeld)
      const body = this.bodyOnWire(options) ?? (await this.bodyOfBrowser(options, rest))
      this.version += 1
      return { body: withVersion(withDirection(body, direction), this.version), contentType: 'application/sdp' }
    }

    private isEstablished(): boolean {
      return this.peerConnection?.signalingState === 'stable' && this.peerConnection.remoteDescription !== null
    }

    /** Null where the browser must speak: the first description, and a new way for the media. */
    private bodyOnWire(options: MediaHandlerOptions | undefined): string | null {
      const ours = this.peerConnection?.localDescription?.sdp
      if (!ours || !this.isEstablished() || options?.offerOptions?.iceRestart) return null
      if (this.onWire !== 'their-offer') {
        this.onWire = 'our-offer'
        return reoffer(ours)
      }
      this.onWire = null
      return reanswer(ours, this.theirMedia)
    }

    private async bodyOfBrowser(options: MediaHandlerOptions | undefined, rest: unknown[]): Promise<string> {
      const timesYielded = this.timesYielded
      const { body } = await super.getDescription(options, ...(rest as [Parameters<Handler['getDescription']>[1]]))
      if (timesYielded !== this.timesYielded) throw new Error('Gave way to the offer of the other side.')
      return body
    }

    protected override async updateDirection(): Promise<void> {
      const isListening = this.peerConnection?.signalingState === 'have-remote-offer' && !wantsOurs(this.theirDirection)
      for (const transceiver of this.peerConnection?.getTransceivers() ?? []) {
        transceiver.direction = isListening ? 'recvonly' : 'sendrecv'
      }
    }
  }

/** Whether the other side, by its own word, wants our sound. */
const wantsOurs = (theirs: Direction) => theirs === 'sendrecv' || theirs === 'recvonly'
