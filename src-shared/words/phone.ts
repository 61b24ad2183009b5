export const viPhone = {} as const

export const enPhone: Record<keyof typeof viPhone, string> = {}
