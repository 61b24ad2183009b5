import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { demoAccountSchema, demoCitizenSchema, pastCaseSchema } from '../../../src-shared/province/demo.ts'
import { directorySchema } from '../../../src-shared/province/directory.ts'
import { articlesSchema } from '../../../src-shared/province/knowledge.ts'

const root = new URL('../../../resources/', import.meta.url)
export const text = (name: string): string => readFileSync(new URL(name, root), 'utf8')
const json = (name: string): unknown => JSON.parse(text(name))

export const demoFiles = [
  'province',
  'fields',
  'areas',
  'agencies',
  'articles',
  'accounts',
  'citizens',
  'past-cases',
].map((name) => `demo/dong-thap/${name}.json`)

/** The files put together the way a server does when it seeds. */
export function readDirectoryParts(): Record<string, unknown> {
  return {
    ...(json('demo/dong-thap/province.json') as object),
    channels: json('catalogues/channels.json'),
    fields: json('demo/dong-thap/fields.json'),
    areas: json('demo/dong-thap/areas.json'),
    agencies: json('demo/dong-thap/agencies.json'),
  }
}
export const directory = directorySchema.parse(readDirectoryParts())
export const articles = articlesSchema.parse(json('demo/dong-thap/articles.json'))
export const accounts = z.array(demoAccountSchema).parse(json('demo/dong-thap/accounts.json'))
export const citizens = z.array(demoCitizenSchema).parse(json('demo/dong-thap/citizens.json'))
export const pastCases = z.array(pastCaseSchema).parse(json('demo/dong-thap/past-cases.json'))
