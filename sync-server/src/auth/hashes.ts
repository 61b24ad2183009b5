import { createHash, createHmac, randomBytes, randomInt, timingSafeEqual } from 'node:crypto'

export const sha256Hex = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex')

/** 32 random bytes for a session, 18 for a link that must fit an SMS; only their hash is ever stored. */
export const newToken = (bytes = 32): string => randomBytes(bytes).toString('base64url')

export const newSixDigits = (): string => String(randomInt(0, 1_000_000)).padStart(6, '0')

export const isSameHash = (a: string, b: string): boolean =>
  a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b))

export const hmacHex = (key: Buffer, text: string): string => createHmac('sha256', key).update(text).digest('hex')

/** RFC 2617 §3.2.2.2: what a SIP registrar keeps instead of the password. */
export const digestHa1 = (username: string, realm: string, password: string): string =>
  createHash('md5').update(`${username}:${realm}:${password}`, 'utf8').digest('hex')
