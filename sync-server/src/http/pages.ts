import { existsSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply } from 'fastify'
import type { Deps } from './deps.ts'
import { HttpFailure } from './failure.ts'

// The address a page is opened at → the built file. Pages name their assets beside themselves, hence one mount each.
const pages = [
  { urls: ['/agency', '/agency/', '/phieu/:token'], file: 'agency.html' },
  { urls: ['/goi'], file: 'citizen-call.html' },
]
const assetPrefixes = ['/assets/', '/agency/assets/', '/phieu/assets/']

// Styles are set on elements by the component kit; scripts only come from here.
const contentSecurityPolicy = [
  "default-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "media-src 'self' blob:",
  "connect-src 'self' ws: wss:",
  "object-src 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** The built pages of agencies and citizens, from `renderedDir`. */
export async function mountPages(app: FastifyInstance, deps: Deps): Promise<void> {
  const { renderedDir } = deps.config
  const assets = join(renderedDir, 'assets')
  // Registered once without a route of its own, for `sendFile`.
  await app.register(fastifyStatic, { root: renderedDir, serve: false })
  for (const prefix of existsSync(assets) ? assetPrefixes : []) {
    await app.register(fastifyStatic, {
      root: assets,
      prefix,
      decorateReply: false,
      index: false,
      immutable: true,
      maxAge: '30d',
    })
  }
  for (const { urls, file } of pages) {
    for (const url of urls) app.get(url, (_request, reply) => sendPage(reply, renderedDir, file))
  }
}

function sendPage(reply: FastifyReply, dir: string, file: string): FastifyReply {
  if (!existsSync(join(dir, file))) throw new HttpFailure(503, 'not-built')
  return reply
    .header('content-security-policy', contentSecurityPolicy)
    .header('referrer-policy', 'no-referrer')
    .header('x-content-type-options', 'nosniff')
    .header('cache-control', 'no-cache')
    .sendFile(file, dir)
}
