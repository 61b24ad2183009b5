type Verbs = Readonly<Record<string, (input: never) => unknown>>

/** The child's end of `openChild`: answers each question by the verb of its name, and ends with its parent. */
export function answerParent(verbs: Verbs): void {
  process.on('message', async ({ id, verb, input }: { id: number; verb: string; input: never }) => {
    try {
      process.send!({ id, value: await verbs[verb]!(input) })
    } catch (error) {
      process.send!({ id, failure: error instanceof Error ? error.stack : String(error) })
    }
  })
  process.on('disconnect', () => process.exit(0))
  process.send!({ id: 0 })
}
