import { stat } from 'node:fs/promises'
import { join, normalize, resolve, sep } from 'node:path'
import { pathToFileURL } from 'node:url'
import { net, protocol } from 'electron'

const scheme = 'ban-truc'
const host = 'desk'

export const pageUrl = (page: string): string => `${scheme}://${host}/${page}`
export const isOurPage = (url: string): boolean => url.startsWith(`${scheme}://${host}/`)

/** A scheme of our own rather than file://, so that pages have an origin, a CSP and the rights of a secure context. */
export function registerWindowsScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme, privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true } },
  ])
}

const policy = [
  "default-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "media-src 'self' blob:",
  "font-src 'self' data:",
  // SIP over WebSocket is the one thing a window reaches by itself.
  "connect-src 'self' ws: wss: blob:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

export function serveWindows(root: string): void {
  protocol.handle(scheme, async (request) => {
    const url = new URL(request.url)
    const file = resolve(join(root, normalize(decodeURIComponent(url.pathname))))
    const found = url.host === host && file.startsWith(resolve(root) + sep) ? await stat(file).catch(() => null) : null
    if (!found?.isFile()) return new Response(null, { status: 404 })
    const answer = await net.fetch(pathToFileURL(file).toString())
    const headers = new Headers(answer.headers)
    headers.set('content-security-policy', policy)
    return new Response(answer.body, { status: answer.status, headers })
  })
}
