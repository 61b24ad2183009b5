import type { FastifyInstance } from 'fastify'
import type { z } from 'zod'
import { linkCodeSchema, linkOpenSchema, type linkSentSchema } from '../../../src-shared/api/agency.ts'
import type { SignedIn } from '../../../src-shared/api/session.ts'
import { toIso } from '../../../src-shared/deadlines/instants.ts'
import { isSameHash, newSixDigits, sha256Hex } from '../auth/hashes.ts'
import type { Deps } from '../http/deps.ts'
import { HttpFailure } from '../http/failure.ts'
import { signedIn } from '../http/sign-in.ts'
import { newMessage } from '../outbox/notices.ts'

const codeMinutes = 10
const codeTries = 5

/**
 * The link in the SMS opens one slip after a one-time code sent to the same telephone: the link alone, forwarded or read over
 * a shoulder, opens nothing. The code lives 10 minutes and 5 tries; the link itself a fortnight.
 */
export function link(app: FastifyInstance, deps: Deps): void {
  app.post('/api/agency/link', async (request): Promise<z.infer<typeof linkSentSchema>> => {
    const { token } = linkOpenSchema.parse(request.body)
    const linkHash = sha256Hex(token)
    limit(deps, request.ip)
    const now = deps.clock.now()
    const found = await deps.store.read.people.link(linkHash, now)
    if (found === null) return refused(deps, request.ip)
    // Counted as a try of its own, so that nobody makes the telephone ring all night.
    deps.attempts.links.failed(`link ${linkHash}`)
    if (deps.attempts.links.waitMs(`link ${linkHash}`) > 0)
      throw tooMany(deps.attempts.links.waitMs(`link ${linkHash}`))
    const digits = newSixDigits()
    const expiresAt = now + codeMinutes * 60_000
    const recipient = {
      channel: 'sms',
      to: found.phone,
      toName: '',
      accountId: found.accountId,
      notBeforeAt: now,
    } as const
    await deps.store.write(async (tx) => {
      await tx.people.putOneTimeCode({ linkHash, codeHash: hashOf(linkHash, digits), expiresAt, triesLeft: codeTries })
      const about = { caseId: found.caseId, params: { digits, expiresAt } }
      await tx.outbox.put(newMessage('one-time-code', recipient, about, { now, newId: deps.newId }))
    })
    await deps.outbox.tick()
    return { sentTo: masked(found.phone), expiresAt: toIso(expiresAt) }
  })

  app.post('/api/agency/link/code', async (request): Promise<SignedIn> => {
    const { token, code } = linkCodeSchema.parse(request.body)
    const linkHash = sha256Hex(token)
    limit(deps, request.ip)
    const now = deps.clock.now()
    const found = await deps.store.read.people.link(linkHash, now)
    if (found === null) return refused(deps, request.ip)
    const attempt = await deps.store.write((tx) => tx.people.tryOneTimeCode(linkHash, now))
    if (attempt === null) throw new HttpFailure(410, 'code-expired')
    if (!isSameHash(attempt.codeHash, hashOf(linkHash, code))) {
      throw new HttpFailure(401, 'code-wrong', { tries: attempt.triesLeft }, { triesLeft: attempt.triesLeft })
    }
    await deps.store.write((tx) => tx.people.removeOneTimeCode(linkHash))
    const account = await deps.store.read.people.account(found.accountId)
    if (account === null || account.isDisabled) throw new HttpFailure(404, 'link-expired')
    return signedIn(deps, account, await deps.sessions.open(account, { deskId: null, caseId: found.caseId }))
  })
}

const hashOf = (linkHash: string, digits: string): string => sha256Hex(`${linkHash} ${digits}`)

/** `0277555••12`: enough to know which telephone to look at. */
const masked = (phone: string): string =>
  phone.slice(0, -4).replace(/\d(?=\d{0,2}$)/g, '•') + phone.slice(-2).padStart(4, '•')

function limit(deps: Deps, ip: string): void {
  const waitMs = deps.attempts.addresses.waitMs(`link ${ip}`)
  if (waitMs > 0) throw tooMany(waitMs)
}
function refused(deps: Deps, ip: string): never {
  deps.attempts.addresses.failed(`link ${ip}`)
  throw new HttpFailure(404, 'link-expired')
}
const tooMany = (waitMs: number): HttpFailure => {
  const seconds = Math.ceil(waitMs / 1000)
  return new HttpFailure(429, 'too-many', { seconds }, { retryAfterSeconds: seconds })
}
