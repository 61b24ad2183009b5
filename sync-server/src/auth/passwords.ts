import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

const derive = promisify(argon2)

/** OWASP's second choice for argon2id: 19 MiB, two passes; about 30 ms on a small machine. */
const cost = { memory: 19_456, passes: 2, parallelism: 1 }
const saltBytes = 16
const tagBytes = 32

/** `$argon2id$v=19$m=…,t=…,p=…$salt$tag` (PHC), so that the cost can rise later without losing old passwords. */
export async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(saltBytes)
  const tag = await tagOf(password, nonce, cost)
  return `$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=${cost.parallelism}$${unpadded(nonce)}$${unpadded(tag)}`
}

/** @throws Error when the stored text is not a PHC string of argon2id: a damaged account is no wrong password. */
export async function isPassword(password: string, phc: string): Promise<boolean> {
  const match = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/.exec(phc)
  if (!match) throw new Error('the stored password is not an argon2id PHC string')
  const [, memory, passes, parallelism, salt, stored] = match as unknown as [
    string,
    string,
    string,
    string,
    string,
    string,
  ]
  const expected = Buffer.from(stored, 'base64')
  const tag = await tagOf(password, Buffer.from(salt, 'base64'), {
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
  })
  return expected.length === tag.length && timingSafeEqual(expected, tag)
}

async function tagOf(password: string, nonce: Buffer, parameters: typeof cost): Promise<Buffer> {
  // NFC: the same Vietnamese password typed on two keyboards is the same password.
  return derive('argon2id', { message: password.normalize('NFC'), nonce, tagLength: tagBytes, ...parameters })
}

const unpadded = (bytes: Buffer): string => bytes.toString('base64').replace(/=+$/, '')
