export const viDesk = {} as const

export const enDesk: Record<keyof typeof viDesk, string> = {}
