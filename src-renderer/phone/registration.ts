import { backoffMs } from './backoff.ts'
import type { Registration } from './phone.ts'

export type RegistrationParts = {
  /** Rejects when the server cannot be reached. */
  connect(): Promise<void>
  /** The SIP code of the registrar's final answer. */
  register(): Promise<number>
  clock: { now(): number }
  chance(): number
  report(registration: Registration): void
  /** After each success but the first. */
  onBack(): void
}

/**
 * Registers and stays registered: the library has no reconnect of its own. A wrong password is not tried again by
 * itself, because repeating it locks the account; everything else is, after a growing pause.
 */
export const keepRegistered = (parts: RegistrationParts) => {
  let attempt = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  let isTrying = false
  let isStopped = false
  let wasRegistered = false

  const at = (ms: number) => new Date(ms).toISOString()
  const report = (state: Registration['state'], why: Registration['why'], retryInMs: number | null = null) => {
    const now = parts.clock.now()
    parts.report({ state, why, sinceAt: at(now), retryAt: retryInMs === null ? null : at(now + retryInMs) })
  }

  const tryOnce = async () => {
    if (isTrying || isStopped) return
    isTrying = true
    clearTimeout(timer)
    const outcome = await attemptOutcome(parts)
    isTrying = false
    if (isStopped) return
    if (outcome === null) {
      attempt = 0
      report('registered', null)
      if (wasRegistered) parts.onBack()
      wasRegistered = true
    } else if (outcome === 'wrong-password' || outcome === 'unknown-user') {
      report('failed', outcome)
    } else {
      again(outcome)
    }
  }

  const again = (why: Registration['why']) => {
    const pauseMs = backoffMs(attempt, parts.chance())
    attempt += 1
    report(wasRegistered || attempt === 1 ? 'connecting' : 'failed', why, pauseMs)
    clearTimeout(timer)
    timer = setTimeout(tryOnce, pauseMs)
  }

  return {
    start: () => {
      report('connecting', null)
      return tryOnce()
    },
    /** The socket closed or a refresh was refused. */
    lost: () => {
      if (!isStopped && !isTrying) again('connection-lost')
    },
    /** The network is said to be back: do not sit out the pause. */
    hurry: () => {
      attempt = 0
      return tryOnce()
    },
    stop: () => {
      isStopped = true
      clearTimeout(timer)
      report('off', null)
    },
  }
}

const attemptOutcome = async (parts: RegistrationParts): Promise<Registration['why']> => {
  try {
    await parts.connect()
  } catch {
    return 'unreachable'
  }
  try {
    const code = await parts.register()
    if (code < 300) return null
    if (code === 401 || code === 403 || code === 407) return 'wrong-password'
    if (code === 404) return 'unknown-user'
    return code === 408 ? 'no-answer' : 'refused'
  } catch {
    return 'connection-lost'
  }
}
