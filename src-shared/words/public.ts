import { enPublicForms, viPublicForms } from './public/forms.ts'
import { enPublicPages, viPublicPages } from './public/pages.ts'

export const viPublic = { ...viPublicPages, ...viPublicForms } as const

export const enPublic: Record<keyof typeof viPublic, string> = { ...enPublicPages, ...enPublicForms }
