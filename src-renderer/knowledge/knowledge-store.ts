import { create } from 'zustand'

/** The article another part of the screen asked to see. */
export const useKnowledge = create<{ readonly asked: { id: string; version: number } | null }>(() => ({ asked: null }))

export const askArticle = (id: string, version: number): void => useKnowledge.setState({ asked: { id, version } })
