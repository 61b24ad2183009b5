import { z } from 'zod'
import { channelSchema } from '../cases/case.ts'
import { accountIdSchema, agencyIdSchema } from '../ids.ts'

export const slugSchema = z
  .string()
  .max(60)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'a slug: lower-case ascii words joined by hyphens')
const said = z.string().trim().min(1).max(300)
/** Digits as dialled; display groups them. */
export const phoneSchema = z.string().regex(/^\d{3,12}$/, 'digits only, 3 to 12')

/** S4 Đ.1 k.2: departments, committees, vertical bodies, providers; `office` is the provincial office (Đ.15). */
export const agencyTypes = ['department', 'commune', 'vertical', 'provider', 'office'] as const
export const agencyTypeSchema = z.enum(agencyTypes)
export type AgencyType = z.infer<typeof agencyTypeSchema>

/** S4 Đ.9 k.2: the people a slip goes to; the deputy stands in when the first is away (#13). */
export const officerSchema = z.object({
  accountId: accountIdSchema,
  name: said,
  title: said,
  role: z.enum(['focal-officer', 'deputy-focal-officer', 'head']),
  phone: phoneSchema,
  /** The number that receives notices; often not the desk phone. */
  sms: phoneSchema,
})
export type Officer = z.infer<typeof officerSchema>

/** `[validFrom, validTo]` are whole days, both included; without `validTo` it is in force. */
const inForce = { validFrom: z.iso.date(), validTo: z.iso.date().optional() }

export const agencySchema = z.object({
  id: agencyIdSchema,
  name: said,
  shortName: said,
  agencyType: agencyTypeSchema,
  parentId: agencyIdSchema.optional(),
  /** Names a file of `resources/calendars`: the working hours its clocks run in (#25). */
  calendarId: slugSchema,
  phone: phoneSchema,
  address: said,
  websiteUrl: z.url().optional(),
  /** Where it has jurisdiction; without it, the whole province. */
  areaIds: z.array(slugSchema).min(1).optional(),
  /** What it handles; second-level fields, or a first-level one for all below it. */
  fieldIds: z.array(slugSchema),
  ...inForce,
  /** Who carries its open cases on after `validTo` (D13, #66). */
  successorId: agencyIdSchema.optional(),
  officers: z.array(officerSchema),
  /** S4 Đ.9 k.1: where an urgent call is put through (#11). */
  emergencyPhone: phoneSchema.optional(),
})
export type Agency = z.infer<typeof agencySchema>

/** Two levels (#5): the first are the clauses of S4 Đ.4, the second what people ring about. */
export const fieldSchema = z.object({
  id: slugSchema,
  code: z.string().regex(/^\d(\.\d{1,2})?$/),
  name: said,
  parentId: slugSchema.nullable(),
  ...inForce,
})
export type Field = z.infer<typeof fieldSchema>

/** A commune or ward; `formerNames` are what it was called before 1/7/2025, which citizens still say. */
export const areaSchema = z.object({
  id: slugSchema,
  name: said,
  kind: z.enum(['ward', 'commune']),
  formerNames: z.array(said),
  ...inForce,
})
export type Area = z.infer<typeof areaSchema>

/** S4 Đ.2 k.1–6: the registry of channels; an administrator switches on what the province has opened. */
export const channelEntrySchema = z.object({
  channel: channelSchema,
  name: said,
  address: said,
  legalBasis: said,
  isOpen: z.boolean(),
  hasLiveCall: z.boolean(),
})
export type ChannelEntry = z.infer<typeof channelEntrySchema>

export const provinceSchema = z.object({
  id: slugSchema,
  name: said,
  hotline: said,
  /** Grows by one with each change of any part, so a desk knows whether its copy is the newest. */
  revision: z.int().positive(),
})
export type Province = z.infer<typeof provinceSchema>

/**
 * The province as its hotline sees it. Parsing also proves the references: every id is unique, and every parent,
 * field, area, successor exists.
 */
export const directorySchema = provinceSchema
  .extend({
    channels: z.array(channelEntrySchema),
    fields: z.array(fieldSchema),
    areas: z.array(areaSchema),
    agencies: z.array(agencySchema),
  })
  .superRefine((directory, context) => {
    for (const message of brokenReferences(directory)) context.addIssue({ code: 'custom', message })
  })
export type Directory = z.infer<typeof directorySchema>

/** One sentence for each id that is repeated, or is used and does not exist. */
export function brokenReferences(d: {
  channels: readonly ChannelEntry[]
  fields: readonly Field[]
  areas: readonly Area[]
  agencies: readonly Agency[]
}): string[] {
  const problems: string[] = []
  const register = (what: string, ids: readonly string[]): Set<string> => {
    const seen = new Set<string>()
    for (const id of ids) {
      if (seen.has(id)) problems.push(`${what} ${id} is there twice`)
      seen.add(id)
    }
    return seen
  }
  register(
    'channel',
    d.channels.map((c) => c.channel),
  )
  register(
    'field code',
    d.fields.map((f) => f.code),
  )
  register(
    'account',
    d.agencies.flatMap((a) => a.officers.map((o) => o.accountId)),
  )
  const fields = register(
    'field',
    d.fields.map((f) => f.id),
  )
  const areas = register(
    'area',
    d.areas.map((a) => a.id),
  )
  const agencies = register(
    'agency',
    d.agencies.map((a) => a.id),
  )
  const must = (known: Set<string>, id: string | null | undefined, where: string) => {
    if (id != null && !known.has(id)) problems.push(`${where}: ${id} does not exist`)
  }
  const tops = new Set(d.fields.filter((f) => f.parentId === null).map((f) => f.id))
  for (const f of d.fields) must(tops, f.parentId, `field ${f.id}, parentId`)
  for (const a of d.agencies) {
    must(agencies, a.parentId, `agency ${a.id}, parentId`)
    must(agencies, a.successorId, `agency ${a.id}, successorId`)
    for (const id of a.fieldIds) must(fields, id, `agency ${a.id}, fieldIds`)
    for (const id of a.areaIds ?? []) must(areas, id, `agency ${a.id}, areaIds`)
  }
  return problems
}

/** Whether a thing with dates is in force on a day (`2026-11-20`). */
export function isInForce(thing: { validFrom: string; validTo?: string | undefined }, on: string): boolean {
  return thing.validFrom <= on && (thing.validTo === undefined || on <= thing.validTo)
}

/**
 * D13, #66: the agency that answers today for an id that may have been dissolved.
 * @returns undefined when the id is unknown or its line of successors ends before `on`.
 */
export function agencyAnsweringFor(directory: Pick<Directory, 'agencies'>, id: string, on: string): Agency | undefined {
  const byId = new Map<string, Agency>(directory.agencies.map((a) => [a.id, a]))
  const visited = new Set<string>()
  let agency = byId.get(id)
  while (agency !== undefined && !isInForce(agency, on)) {
    if (visited.has(agency.id) || agency.successorId === undefined) return undefined
    visited.add(agency.id)
    agency = byId.get(agency.successorId)
  }
  return agency
}

/** Agencies in force that handle a field in an area: the narrower jurisdiction first. */
export function agenciesFor(
  directory: Pick<Directory, 'agencies' | 'fields'>,
  want: { fieldId: string; areaId: string | null; on: string },
): Agency[] {
  const parentId = directory.fields.find((f) => f.id === want.fieldId)?.parentId
  const handles = (a: Agency) => a.fieldIds.some((id) => id === want.fieldId || id === parentId)
  const covers = (a: Agency) => a.areaIds === undefined || (want.areaId !== null && a.areaIds.includes(want.areaId))
  return directory.agencies
    .filter((a) => isInForce(a, want.on) && handles(a) && covers(a))
    .sort((a, b) => breadth(a) - breadth(b))
}

const breadth = (a: Agency) => a.areaIds?.length ?? Number.MAX_SAFE_INTEGER
