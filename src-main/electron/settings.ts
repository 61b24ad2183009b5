import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { app } from 'electron'
import { z } from 'zod'

const fileSchema = z.object({ server: z.url().optional(), updates: z.url().optional() })

/** Where the desk keeps its things and which server it belongs to: environment first, then `ban-truc.json` beside the data. */
export function settings(): { dataDir: string; server: string; updates: string | null } {
  const dataDir = process.env.BT1022_DATA ?? join(app.getPath('userData'), 'desk')
  const file = readSettings(join(app.getPath('userData'), 'ban-truc.json'))
  return {
    dataDir,
    server: process.env.BT1022_SERVER ?? file.server ?? 'http://127.0.0.1:10220',
    updates: file.updates ?? null,
  }
}

/** @throws Error that names the file when it is there and wrong. */
function readSettings(path: string): z.infer<typeof fileSchema> {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch {
    return {}
  }
  const parsed = fileSchema.safeParse(parse(text))
  if (!parsed.success) throw new Error(`${path}: ${z.prettifyError(parsed.error)}`)
  return parsed.data
}

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
