import { type BridgeCall, bridgeCalls, callMessageSchema } from '../src-shared/bridge.ts'
import { CallFailed, type Handlers } from './handlers.ts'
import { SignInRefused } from './session/session.ts'
import { ServerSaidNo, Unreachable } from './sync/failures.ts'

/** The desk's end of the wire: each message parsed, its call answered, what fails turned into a code. Never rejects. */
export function answerCalls(handlers: Handlers, onBug: (call: BridgeCall, error: unknown) => void) {
  return async (message: unknown): Promise<unknown> => {
    const parsed = callMessageSchema.safeParse(message)
    if (!parsed.success) return { id: -1, ok: false, error: { code: 'not-a-call', message: parsed.error.message } }
    const { id, call, input } = parsed.data
    try {
      const value = await (handlers[call] as (given: unknown) => unknown)(bridgeCalls[call].input.parse(input))
      return { id, ok: true, value: bridgeCalls[call].output.parse(value) }
    } catch (error) {
      const code = codeOf(error)
      if (code === 'bug') onBug(call, error)
      return { id, ok: false, error: { code, message: error instanceof Error ? error.message : String(error) } }
    }
  }
}

/** Failures with a code of their own keep it; anything else is a bug. */
function codeOf(error: unknown): string {
  if (error instanceof CallFailed || error instanceof SignInRefused || error instanceof ServerSaidNo) return error.code
  if (error instanceof Unreachable) return 'offline'
  return error instanceof Error && 'code' in error && error.code === 'SQLITE_FULL' ? 'disk-full' : 'bug'
}
