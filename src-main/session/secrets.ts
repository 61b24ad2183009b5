/** What must not lie in the open: the keys of database and vault, the session, what an offline sign-in is checked against. */
export interface Secrets {
  get(name: SecretName): Promise<string | null>
  /** On the disk when it resolves. */
  set(name: SecretName, value: string | null): Promise<void>
}

export type SecretName = 'database-key' | 'vault-key' | 'session' | 'sign-ins'
