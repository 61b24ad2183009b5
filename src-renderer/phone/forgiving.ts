import type { MediaHandlerClass } from './sip.ts'
import { forgiveHoldAnswer, isOffer } from './sip-words.ts'

/** Mends what the library's handler of offers and answers leaves undone, so that a call outlives a clumsy peer. */
export const forgiving = (Base: MediaHandlerClass) =>
  class extends Base {
    private timesYielded = 0

    /** The library asks for it when an offer is refused, but does not bring it; without it no later offer works. */
    async rollbackDescription(): Promise<void> {
      const peer = this.peerConnection
      if (peer?.signalingState === 'have-local-offer') await peer.setLocalDescription({ type: 'rollback' })
      if (peer?.signalingState === 'have-remote-offer') await peer.setRemoteDescription({ type: 'rollback' })
    }

    /**
     * Their offer may come while ours is still being made. The library would take it for the answer to ours, and would
     * then cut the call; we give way to theirs, and whoever is making ours is told to begin again.
     */
    override async setDescription(
      ...given: Parameters<InstanceType<MediaHandlerClass>['setDescription']>
    ): Promise<void> {
      if (this.peerConnection?.signalingState === 'have-local-offer' && isOffer(given[0])) {
        this.timesYielded += 1
        await this.rollbackDescription()
      }
      return super.setDescription(...given)
    }

    override async getDescription(...given: Parameters<InstanceType<MediaHandlerClass>['getDescription']>) {
      const timesYielded = this.timesYielded
      const description = await super.getDescription(...given)
      if (timesYielded !== this.timesYielded) throw new Error('Gave way to the offer of the other side.')
      return description
    }

    protected override setRemoteSessionDescription(description: RTCSessionDescriptionInit): Promise<void> {
      const offer = this.peerConnection?.localDescription?.sdp
      if (description.type !== 'answer' || !description.sdp || !offer) {
        return super.setRemoteSessionDescription(description)
      }
      return super.setRemoteSessionDescription({ type: 'answer', sdp: forgiveHoldAnswer(offer, description.sdp) })
    }
  }
