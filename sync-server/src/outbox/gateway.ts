import { appendFile, mkdir } from 'node:fs/promises'
import { join } from 'node:path'

export interface Outgoing {
  /** The same at every try: a gateway that can, sends one message for one id. */
  readonly id: string
  readonly channel: 'sms' | 'email' | 'zalo'
  readonly to: string
  readonly toName: string
  readonly kind: string
  readonly text: string
  /** RFC 3339. */
  readonly at: string
}

/** A way out of the house. Adapters: this local file; SMTP, an operator's HTTP or SMPP, Zalo OA. */
export interface Gateway {
  readonly name: string
  /** @throws Error with words for the person who looks at the outbox; the message is tried again later. */
  send(message: Outgoing): Promise<void>
}

/** The default: `<dir>/sms.jsonl`, `email.jsonl`, `zalo.jsonl`, one message a line, for training and for seeing what would go. */
export function fileGateway(dir: string): Gateway {
  return {
    name: 'file',
    async send(message) {
      await mkdir(dir, { recursive: true, mode: 0o700 })
      await appendFile(join(dir, `${message.channel}.jsonl`), `${JSON.stringify(message)}\n`, { mode: 0o600 })
    },
  }
}
