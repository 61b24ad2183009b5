import type { HttpRequest } from '../../src-main/sync/http.ts'

/** What a server answers before a network carries it; the body comes in pieces, each when it is asked for. */
export interface Answered {
  readonly status: number
  readonly headers: ReadonlyMap<string, string>
  readonly body: AsyncIterator<Buffer>
}

export type Asked = Pick<HttpRequest, 'method' | 'path' | 'headers' | 'body'>

/** One server as a network reaches it. */
export interface Reached {
  readonly name: string
  isAlive(): boolean
  /** @throws whatever ended the server in the middle of it. */
  answer(request: Asked): Promise<Answered>
  /** A connection on which only the server speaks; what it answers is called when the other side is gone. */
  join(token: string | null, connection: { send(text: string): void; close(): void }): Promise<() => void>
}

export const oneBody = async function* (...parts: (Buffer | string)[]): AsyncGenerator<Buffer> {
  for (const part of parts) yield Buffer.from(part as string)
}
