import { toIso } from '../../../src-shared/deadlines/instants.ts'
import type { Language } from '../../../src-shared/words/words.ts'
import { newToken, sha256Hex } from '../auth/hashes.ts'
import type { Clock } from '../clock.ts'
import type { Message, SlipLink, Store, Writing } from '../store/store.ts'
import type { ReferenceBook } from '../sync/reference-book.ts'
import { compose } from './compose.ts'
import type { Gateway } from './gateway.ts'

export interface Outbox {
  /** Sends what is due; answers how many went out. Calls that overlap run one after the other. */
  tick(): Promise<number>
  /** Whenever a message was sent, replaced or failed. */
  onChanged(listener: () => void): () => void
  /** When what is under way is done. */
  settled(): Promise<unknown>
}

const batchSize = 50
const maxAttempts = 8
const linkDays = 14

/** 30 s, 1 min, 2 min … at most an hour. */
export const backOffMs = (attempts: number): number => Math.min(30_000 * 2 ** Math.max(0, attempts - 1), 3_600_000)

export interface OutboxParts {
  readonly store: Store
  readonly clock: Clock
  readonly reference: ReferenceBook
  readonly gateway: Gateway
  readonly language: Language
  publicUrl(): string
  readonly log: { error(facts: object, words: string): void }
}

interface Claimed {
  readonly message: Message
  readonly text: string
}

/**
 * Sends what waits. The words are made inside a transaction from the case of that very moment and the try is written down
 * before the gateway is asked: a crash in between costs one repeated message and never an untrue one.
 */
export function openOutbox(parts: OutboxParts): Outbox {
  const listeners = new Set<() => void>()
  let running: Promise<number> = Promise.resolve(0)

  const drain = async (): Promise<number> => {
    let sent = 0
    for (;;) {
      const nextAt = await parts.store.read.outbox.nextTryAt()
      if (nextAt === null || nextAt > parts.clock.now()) return sent
      const { claimed, seen } = await parts.store.write((tx) => claim(tx, parts))
      if (seen === 0) return sent
      const outcomes: Message[] = []
      for (const each of claimed) outcomes.push(await deliver(each, parts))
      await parts.store.write(async (tx) => {
        for (const message of outcomes) await tx.outbox.put(message)
      })
      sent += outcomes.filter((message) => message.state === 'sent').length
      for (const listener of listeners) listener()
    }
  }
  return {
    tick() {
      running = running.then(drain, drain)
      return running
    },
    settled: () => running.catch(() => undefined),
    onChanged(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** Makes the words of all that is due, and takes the stale ones out. */
async function claim(tx: Writing, parts: OutboxParts): Promise<{ claimed: Claimed[]; seen: number }> {
  const now = parts.clock.now()
  const due = await tx.outbox.due(now, batchSize)
  const claimed: Claimed[] = []
  for (const message of due) {
    const written = await wordsFor(message, now, tx, parts)
    if (written === null) {
      await tx.outbox.put({ ...message, state: 'replaced', params: {} })
      continue
    }
    const attempts = message.attempts + 1
    const tried = { ...message, attempts, nextTryAt: now + backOffMs(attempts) }
    await tx.outbox.put(tried)
    claimed.push({ message: tried, text: written })
  }
  return { claimed, seen: due.length }
}

/** The text as it goes out, or null when it is no longer true. Makes the slip's link where the text carries one. */
export async function wordsFor(
  message: Message,
  now: number,
  tx: Writing,
  parts: Pick<OutboxParts, 'language' | 'reference' | 'publicUrl'>,
): Promise<string | null> {
  const stored = message.caseId === null ? null : await tx.register.case(message.caseId)
  let link: SlipLink | null = null
  const composed = compose(message, stored?.state ?? null, {
    now,
    language: parts.language,
    reference: parts.reference,
    lookUpUrl: `${parts.publicUrl()}/tra-cuu`,
    link() {
      if (message.accountId === null || message.caseId === null) return `${parts.publicUrl()}/agency/`
      const token = newToken(18)
      link = {
        linkHash: sha256Hex(token),
        messageId: message.messageId,
        caseId: message.caseId,
        accountId: message.accountId,
        phone: message.to,
        expiresAt: now + linkDays * 86_400_000,
      }
      return `${parts.publicUrl()}/phieu/${token}`
    },
  })
  if ('stale' in composed) return null
  if (link !== null) {
    await tx.people.removeLinksOfMessage(message.messageId)
    await tx.people.putLink(link)
  }
  return composed.text
}

async function deliver({ message, text }: Claimed, { gateway, clock, log }: OutboxParts): Promise<Message> {
  const { messageId: id, channel, to, toName, kind } = message
  try {
    await gateway.send({ id, channel, to, toName, kind, text, at: toIso(clock.now()) })
    return { ...sentMessage(message, text, clock.now()), gateway: gateway.name }
  } catch (failure) {
    const problem = failure instanceof Error ? failure.message : String(failure)
    log.error({ messageId: id, kind, attempts: message.attempts, problem }, 'a message did not go out')
    return { ...message, state: message.attempts >= maxAttempts ? 'failed' : 'waiting', gateway: gateway.name, problem }
  }
}

/** Kept as evidence of what was said, without the secrets in it: a link opens a slip, six digits open a session. */
export function sentMessage(message: Message, text: string, sentAt: number): Message {
  const kept = text.replace(/(\/phieu\/)[\w-]+/g, '$1…')
  const isSecret = message.kind === 'one-time-code'
  return {
    ...message,
    state: 'sent',
    sentAt,
    problem: null,
    text: isSecret ? kept.replace(/\d{6}/g, '••••••') : kept,
    params: isSecret ? {} : message.params,
  }
}
