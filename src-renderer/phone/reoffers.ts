/**
 * Offers and answers in mid-call that change nothing but the direction, made from the last agreement without asking the
 * browser. JSEP would have it negotiate each hold, and roll back when two holds collide; after such a rollback Chromium
 * decodes the other side's voice and plays it to nobody.
 */
const setup = /^a=setup:(actpass|active|passive)(\s*)$/m

/** Whether two descriptions by the same writer differ in version, direction and DTLS role only. */
export const isSameMedia = (one: string, other: string): boolean => essence(one) === essence(other)

const essence = (sdp: string): string =>
  sdp
    .split(/\r?\n/)
    .filter((line) => !/^(o=|a=(sendrecv|sendonly|recvonly|inactive|setup:.*)$)/.test(line))
    .join('\n')

/** RFC 5763 5: whoever offers leaves the role open, and the connection that exists stays. */
export const reoffer = (ours: string): string => ours.replace(setup, 'a=setup:actpass$2')

/** The role that we have, which our own description does not tell when we were the one who offered. */
export const reanswer = (ours: string, theirs: string): string => {
  if (setup.exec(ours)?.[1] !== 'actpass') return ours
  return ours.replace(setup, `a=setup:${setup.exec(theirs)?.[1] === 'active' ? 'passive' : 'active'}$2`)
}

/** RFC 3264 8: each new description has a version higher by one. The browser counts only its own. */
export const withVersion = (sdp: string, version: number): string => sdp.replace(/^o=(\S+ \S+) \d+/m, `o=$1 ${version}`)
