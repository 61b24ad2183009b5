import type { ApiError } from '../../src-shared/api/session.ts'

/** The server could not be reached, or answered something that is not ours. The caller goes on without a link. */
export class Unreachable extends Error {
  constructor(why: string) {
    super(why)
    this.name = 'Unreachable'
  }
}

/** The server understood and said no: wrong password, session ended, other version. */
export class ServerSaidNo extends Error {
  readonly code: string
  readonly status: number
  readonly why: Record<string, unknown>
  constructor(status: number, error: ApiError['error']) {
    super(error.message)
    this.name = 'ServerSaidNo'
    this.code = error.code
    this.status = status
    this.why = error.why ?? {}
  }
}

/** Both sides understood each other, and share no protocol (S6). */
export class OtherProtocol extends Error {
  readonly version: string
  readonly protocol: number
  constructor(version: string, protocol: number) {
    super(`the server speaks protocol ${protocol}`)
    this.name = 'OtherProtocol'
    this.version = version
    this.protocol = protocol
  }
}
