export const viAgency = {} as const

export const enAgency: Record<keyof typeof viAgency, string> = {}
