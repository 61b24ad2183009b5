export const viServer = {} as const

export const enServer: Record<keyof typeof viServer, string> = {}
