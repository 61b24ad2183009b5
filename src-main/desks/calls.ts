import type { HandlersOf } from '../handlers.ts'
import type { ServerApi } from '../sync/server-api.ts'

/** The desks as the server knows them: read and ordered online only, for what is stale here would order the wrong thing. */
export function deskCalls(api: Pick<ServerApi, 'desks' | 'nameDesk' | 'wipeDesk'>): HandlersOf<'desks'> {
  return {
    'desks.list': () => api.desks(),
    async 'desks.name'({ deskId, name }) {
      await api.nameDesk(deskId, name)
      return {}
    },
    async 'desks.wipe'({ deskId, orderId, reason }) {
      await api.wipeDesk(deskId, { orderId, reason })
      return {}
    },
  }
}
