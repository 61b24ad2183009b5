const codeOf = (failure: unknown): string =>
  typeof failure === 'object' && failure !== null && 'code' in failure ? String(failure.code) : ''

// Of the socket, and of PostgreSQL: class 08, a backend ended by an administrator or a crash, a server that is starting, no room.
const lost =
  /^(ECONNREFUSED|ECONNRESET|ENOENT|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EAI_AGAIN|08...|57P0[1-5]|25P03|53300)$/

/** The connection is gone or could not be made; another one may be had in a moment. */
export function isLost(failure: unknown): boolean {
  if (lost.test(codeOf(failure))) return true
  // The driver's own words, which carry no code.
  return (
    failure instanceof Error && /^(Connection terminated|timeout expired|Client has encountered)/.test(failure.message)
  )
}

/** Undone by PostgreSQL for the sake of another transaction: serialization failure, deadlock. */
export const isUndone = (failure: unknown): boolean => ['40001', '40P01'].includes(codeOf(failure))

/** Said of every statement after the one that failed. */
export const isAftermath = (failure: unknown): boolean => codeOf(failure) === '25P02'
