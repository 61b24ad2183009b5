import type { News, Writing } from '../store.ts'

/** The same queries, which also note what the other servers will want to hear of. */
export function announced(queries: Writing, note: (news: News) => void): Writing {
  const noting =
    <A extends unknown[], R>(news: News, act: (...given: A) => R, isNews: (...given: A) => boolean = () => true) =>
    (...given: A): R => {
      if (isNews(...given)) note(news)
      return act(...given)
    }
  const { register, people, outbox, reference, desks } = queries
  return {
    ...queries,
    register: { ...register, takeSeq: noting('events', register.takeSeq, (count) => count > 0) },
    people: {
      ...people,
      endSession: noting('sessions', people.endSession),
      endSessionsOf: noting('sessions', people.endSessionsOf),
      endSessionsAt: noting('sessions', people.endSessionsAt),
      putAccount: noting('sessions', people.putAccount, (account) => account.isDisabled),
    },
    // One that waits is nobody's news until it was sent.
    outbox: { ...outbox, put: noting('messages', outbox.put, ({ state }) => state !== 'waiting') },
    reference: { ...reference, raiseRevision: noting('reference', reference.raiseRevision) },
    desks: { ...desks, addWipe: noting('wipes', desks.addWipe) },
  }
}
