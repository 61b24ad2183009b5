/** Which way the sound goes, as the SDP says it (RFC 3264 5.1), from the side that writes it. */
export type Direction = 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive'

const line = /^a=(sendrecv|sendonly|recvonly|inactive)(\s*)$/gm

/** A missing line means sendrecv. A telephone has one stream, so the first line is the one. */
export const directionOf = (sdp: string): Direction =>
  ([...sdp.matchAll(line)][0]?.[1] as Direction | undefined) ?? 'sendrecv'

export const withDirection = (sdp: string, direction: Direction): string => sdp.replace(line, `a=${direction}$2`)

/** RFC 3264 8.4: putting on hold is offering sendonly. */
export const offerDirection = (isHeld: boolean): Direction => (isHeld ? 'sendonly' : 'sendrecv')

/** RFC 3264 6.1: the answer mirrors the offer, less what we withhold. */
export const answerDirection = (offered: Direction, isHeld: boolean): Direction => {
  const wantsToSend = offered === 'sendrecv' || offered === 'sendonly'
  const maySend = offered === 'sendrecv' || offered === 'recvonly'
  if (wantsToSend && !isHeld) return maySend ? 'sendrecv' : 'recvonly'
  return maySend ? 'sendonly' : 'inactive'
}

/** The same description as if its writer always sent. */
export const asIfSending = (sdp: string): string => {
  const direction = directionOf(sdp)
  return withDirection(sdp, direction === 'sendrecv' || direction === 'recvonly' ? 'sendrecv' : 'sendonly')
}

/** RFC 3264 8.4: an offer that is sendonly or inactive puts us on hold. */
export const isHoldOffer = (sdp: string): boolean => ['sendonly', 'inactive'].includes(directionOf(sdp))
