import { afterAll, beforeAll, describe } from 'vitest'
import { openPostgresStore } from '../../../sync-server/src/store/postgres.ts'
import { storeContract } from './contract.ts'
import { type Cluster, noPostgres, startCluster } from './postgres.ts'

describe.skipIf(noPostgres !== null)('PostgreSQL', () => {
  let cluster: Cluster
  beforeAll(async () => {
    cluster = await startCluster()
  })
  afterAll(() => cluster?.remove())

  storeContract('PostgreSQL', async () => {
    const url = await cluster.database()
    return { open: () => openPostgresStore(url), remove: async () => undefined }
  })
})
