/** Who may use the line, as the composition knows them. A guest is a citizen's browser; an agent has an extension. */
export type Account = {
  username: string
  kind: 'agent' | 'guest'
  /** The extension of an agent; the telephone number that the intake page took from a guest. */
  number: string
  displayName: string
  agentId: string | null
  /** Why an agent does not take calls until they say so, or null: then they are ready as soon as they are there. */
  beginsOnBreak: string | null
}

export type Credentials = {
  /** MD5 of `username:domain:password` in hexadecimal (RFC 2617 §3.2.2.2). */
  ha1: string
  kind: 'agent' | 'guest'
  number: string
  displayName: string
  agentId?: string
  beginsOnBreak?: string
}

export type Authenticate = (username: string) => Promise<Credentials | null>
