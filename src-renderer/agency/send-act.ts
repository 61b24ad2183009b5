import type { z } from 'zod'
import { agencyCommandAnswerSchema } from '../../src-shared/api/agency.ts'
import { type ask as askServer, Unreachable } from './agency-api.ts'
import type { Act } from './forms.ts'

export type Answer = z.infer<typeof agencyCommandAnswerSchema>

export interface Sender {
  /**
   * Sends an act and, while the server cannot be reached, sends it again after a pause. The id stays the same as long as
   * the act does, also over a later press of the button: the register answers a repeat with its first answer. An act that
   * was changed in between is another act and gets another id.
   * @throws Unreachable after the last try; Refused and Unreadable at once.
   */
  send(caseId: string, act: Act, onRetry: (count: number) => void): Promise<Answer>
}

export interface SenderParts {
  readonly ask: typeof askServer
  readonly newId: () => string
  readonly pause: (milliseconds: number) => Promise<void>
  token(): string | undefined
  readonly language: string
}

const pausesMs = [1_000, 3_000, 8_000]

export function openSender({ ask, newId, pause, token, language }: SenderParts): Sender {
  const unanswered = new Map<string, string>()
  return {
    async send(caseId, { name, input }, onRetry) {
      const asIs = JSON.stringify({ caseId, name, input })
      const commandId = unanswered.get(asIs) ?? newId()
      unanswered.set(asIs, commandId)
      for (let tries = 0; ; tries++) {
        try {
          const body = { commandId, caseId, name, input }
          const answer = await ask('/api/agency/commands', agencyCommandAnswerSchema, {
            token: token(),
            body,
            language,
          })
          // A refusal is an answer for ever too: the next press asks anew.
          unanswered.delete(asIs)
          return answer
        } catch (failure) {
          const wait = pausesMs[tries]
          if (!(failure instanceof Unreachable) || wait === undefined) throw failure
          onRetry(tries + 1)
          await pause(wait)
        }
      }
    },
  }
}
