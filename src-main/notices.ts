import { z } from 'zod'
import type { DeskState } from '../src-shared/bridge.ts'
import type { Meta } from './store/meta.ts'

export type Notice = NonNullable<DeskState['notice']>

/** What a person at this desk has to be told once; kept until somebody has read it. The oldest is shown first. */
export interface Notices {
  first(): Notice | null
  /** One of the same words about the same things is not told twice. */
  add(code: string, params?: Notice['params']): void
  dismiss(): void
}

const noticeSchema = z.object({ code: z.string(), params: z.record(z.string(), z.union([z.string(), z.number()])) })
/** A desk of an older version kept one. */
const keptSchema = z.union([z.array(noticeSchema), noticeSchema.transform((one) => [one])])
const most = 20

export function openNotices(meta: Pick<Meta, 'get' | 'set'>): Notices {
  const all = (): Notice[] => {
    const text = meta.get('notice')
    return text === null ? [] : keptSchema.parse(JSON.parse(text))
  }
  const keep = (notices: readonly Notice[]) =>
    meta.set('notice', notices.length === 0 ? null : JSON.stringify(notices.slice(-most)))
  return {
    first: () => all()[0] ?? null,
    add(code, params = {}) {
      const notice = { code, params }
      const others = all().filter((each) => JSON.stringify(each) !== JSON.stringify(notice))
      keep([...others, notice])
    },
    dismiss: () => keep(all().slice(1)),
  }
}
