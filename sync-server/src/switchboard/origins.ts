/**
 * Browsers send Origin with a WebSocket and let any page open one: without this check a strange page could use the
 * line of whoever visits it. A program that is no browser sends none and is let in; its digest is asked all the same.
 *
 * @param allowed exact origins such as `https://1022.example.vn`, or `*`; a port may be `*`: `http://127.0.0.1:*`
 */
export function isAllowedOrigin(origin: string | null | undefined, allowed: readonly string[]): boolean {
  if (origin === undefined || origin === null || origin === '') return true
  const asked = origin.toLowerCase()
  return allowed.some((one) => {
    const known = one.toLowerCase()
    if (known === '*' || known === asked) return true
    if (!known.endsWith(':*')) return false
    const host = known.slice(0, -2)
    return asked === host || (asked.startsWith(`${host}:`) && /^\d{1,5}$/.test(asked.slice(host.length + 1)))
  })
}
