import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { FastifyInstance } from 'fastify'

const require = createRequire(import.meta.url)
const weights = ['400', '600'] as const
const subsets = ['vietnamese', 'latin-ext', 'latin'] as const
const day = 86_400
const icon =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="6" fill="#0b6e66"/><path d="M7 9h18v11H15l-5 4v-4H7z" fill="#fff"/></svg>'

/** The style sheet and the letters it is set in, from this server alone: no page asks anybody else for anything. */
export function style(app: FastifyInstance): void {
  const fonts = fontFolder()
  const css = readFileSync(join(import.meta.dirname, 'public.css'), 'utf8')
  const sheet = fonts === null ? css : `${weights.map((weight) => faces(fonts, weight)).join('\n')}\n${css}`

  app.get('/public/style.css', (_request, reply) =>
    reply.type('text/css; charset=utf-8').header('cache-control', 'public, max-age=300').send(sheet),
  )
  app.get('/public/icon.svg', (_request, reply) =>
    reply
      .type('image/svg+xml')
      .header('cache-control', `public, max-age=${30 * day}`)
      .send(icon),
  )
  if (fonts === null) return
  for (const name of weights.flatMap((weight) => subsets.map((subset) => fileOf(subset, weight)))) {
    const file = join(fonts, 'files', name)
    if (!existsSync(file)) continue
    const bytes = readFileSync(file)
    app.get(`/public/fonts/${name}`, (_request, reply) =>
      reply
        .type('font/woff2')
        .header('cache-control', `public, max-age=${30 * day}, immutable`)
        .send(bytes),
    )
  }
}

const fileOf = (subset: string, weight: string): string => `be-vietnam-pro-${subset}-${weight}-normal.woff2`

/** A server installed without the letters shows the pages in the reader's own. */
function fontFolder(): string | null {
  try {
    return dirname(require.resolve('@fontsource/be-vietnam-pro/package.json'))
  } catch {
    return null
  }
}

/** The package's own faces, so that its ranges of characters are kept; woff2 only, which every browser of today reads. */
function faces(folder: string, weight: string): string {
  return readFileSync(join(folder, `${weight}.css`), 'utf8')
    .replace(/,\s*url\([^)]*\.woff\) format\('woff'\)/g, '')
    .replace(/url\(\.\/files\//g, 'url(/public/fonts/')
}
