/** What must not lie in the open: the vault's key, the session, what an offline sign-in is checked against. */
export interface Secrets {
  get(name: SecretName): Promise<string | null>
  set(name: SecretName, value: string | null): Promise<void>
}

export type SecretName = 'vault-key' | 'session' | 'sign-ins'
