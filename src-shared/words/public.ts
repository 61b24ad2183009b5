export const viPublic = {} as const

export const enPublic: Record<keyof typeof viPublic, string> = {}
