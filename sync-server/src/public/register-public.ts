import formbody from '@fastify/formbody'
import type { FastifyInstance, FastifyReply } from 'fastify'
import type { Deps } from '../http/deps.ts'
import { HttpFailure } from '../http/failure.ts'
import { answers } from './answers.ts'
import { home } from './home.ts'
import { html } from './html.ts'
import { lookUp } from './look-up.ts'
import { document, type Page } from './page.ts'
import { rate } from './rate.ts'
import { send } from './send.ts'
import { openSite, type Site } from './site.ts'
import { statistics } from './statistics.ts'
import { style } from './style.ts'

// No script at all: what a citizen's text could smuggle in has nothing to run in.
const contentSecurityPolicy = [
  "default-src 'none'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

export type Show = (reply: FastifyReply, page: Page, status?: number) => FastifyReply

/** The pages every citizen can read, rendered here and complete without a script. */
export async function registerPublic(app: FastifyInstance, deps: Deps): Promise<void> {
  await app.register(async (scope) => {
    const site = openSite(deps)
    const show: Show = (reply, page, status = 200) =>
      reply.status(status).type('text/html; charset=utf-8').send(document(site, page))
    await scope.register(formbody, { bodyLimit: 256 * 1024 })
    scope.addHook('onSend', async (_request, reply) => {
      reply.header('content-security-policy', contentSecurityPolicy)
      reply.header('x-content-type-options', 'nosniff')
      reply.header('referrer-policy', 'no-referrer')
      if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store')
    })
    answerInPages(scope, site, show)
    style(scope)
    for (const mount of [home, lookUp, answers, statistics, send, rate]) mount(scope, site, show)
  })
}

/** A citizen gets a page in words where a program would get JSON. */
function answerInPages(scope: FastifyInstance, site: Site, show: Show): void {
  scope.setErrorHandler((error, request, reply) => {
    if (error instanceof HttpFailure && error.status === 429) {
      const minutes = Math.max(1, Math.ceil(Number(error.params.seconds ?? 60) / 60))
      return show(reply, message(site, site.say('public.too-many', { minutes })), 429)
    }
    const status = (error as { statusCode?: number }).statusCode ?? 500
    if (status >= 500) request.log.error({ err: error }, 'a public page failed')
    return show(reply, message(site, site.say('public.error', { id: request.id })), status)
  })
}

function message(site: Site, text: string): Page {
  const title = site.say('public.error-title')
  return { title, body: html`<h1>${title}</h1><p>${text}</p>` }
}
