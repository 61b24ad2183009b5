export const viConsole = {} as const

export const enConsole: Record<keyof typeof viConsole, string> = {}
