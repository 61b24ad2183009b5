import {
  type Announcement,
  type AnnouncementData,
  announcementMessageSchema,
  announcements,
  type BridgeCall,
  type BridgeInput,
  type BridgeOutput,
  bridgeCalls,
  replyMessageSchema,
} from '../src-shared/bridge.ts'

/** What carries the messages. `onDown` tells when what was sent may be lost; what is posted while down waits. */
export interface BridgeWire {
  post(message: unknown): void
  onMessage(listener: (message: unknown) => void): void
  onUp?(listener: () => void): void
  onDown?(listener: () => void): void
}

export interface Bridge {
  /** @throws RemoteFailure when the desk refuses the call, has gone, or answers what the contract does not allow. */
  call<C extends BridgeCall>(name: C, input: BridgeInput<C>): Promise<BridgeOutput<C>>
  /** Returns the function that stops it. */
  on<A extends Announcement>(name: A, listener: (data: AnnouncementData<A>) => void): () => void
}

/** The desk answered with a failure. Codes of this file: `desk-gone` (the wire broke in mid-call) and `bad-reply`. */
export class RemoteFailure extends Error {
  readonly code: string
  constructor(code: string, message: string) {
    super(message)
    this.name = 'RemoteFailure'
    this.code = code
  }
}

interface Pending {
  readonly name: BridgeCall
  resolve(value: unknown): void
  reject(failure: RemoteFailure): void
}

export function connectBridge(wire: BridgeWire): Bridge {
  const pending = new Map<number, Pending>()
  const listeners = new Map<Announcement, Set<(data: unknown) => void>>()
  let lastId = 0

  const settle = (message: unknown): boolean => {
    const reply = replyMessageSchema.safeParse(message)
    if (!reply.success) return false
    const waiting = pending.get(reply.data.id)
    // A reply to nobody: the wire broke after the call was sent, and its caller has been told so.
    if (!waiting) return true
    pending.delete(reply.data.id)
    if (!reply.data.ok) {
      waiting.reject(new RemoteFailure(reply.data.error.code, reply.data.error.message))
      return true
    }
    const value = bridgeCalls[waiting.name].output.safeParse(reply.data.value)
    if (value.success) waiting.resolve(value.data)
    else waiting.reject(new RemoteFailure('bad-reply', `${waiting.name}: ${value.error.message}`))
    return true
  }

  wire.onMessage((message) => {
    const told = announcementMessageSchema.safeParse(message)
    if (!told.success) {
      if (!settle(message)) throw new Error('The desk sent a message that is neither a reply nor an announcement.')
      return
    }
    const data = announcements[told.data.announce].parse(told.data.data)
    for (const listener of listeners.get(told.data.announce) ?? []) listener(data)
  })

  // What was announced while the wire was down was heard by nobody: everything is read again.
  let wasDown = false
  wire.onUp?.(() => {
    if (!wasDown) return
    for (const listener of listeners.get('cases.changed') ?? []) listener({ caseIds: [] })
    for (const name of ['outbox.changed', 'messages.changed', 'recordings.changed'] as const) {
      for (const listener of listeners.get(name) ?? []) listener({})
    }
  })

  wire.onDown?.(() => {
    wasDown = true
    const lost = [...pending.values()]
    pending.clear()
    for (const waiting of lost) {
      waiting.reject(new RemoteFailure('desk-gone', `The desk went away before it answered ${waiting.name}.`))
    }
  })

  return {
    call: (name, input) =>
      new Promise((resolve, reject) => {
        lastId += 1
        pending.set(lastId, { name, resolve: resolve as (value: unknown) => void, reject })
        wire.post({ id: lastId, call: name, input })
      }),
    on: (name, listener) => {
      const known = listeners.get(name) ?? new Set()
      listeners.set(name, known)
      const heard = listener as (data: unknown) => void
      known.add(heard)
      return () => known.delete(heard)
    },
  }
}
