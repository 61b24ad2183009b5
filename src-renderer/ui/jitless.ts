import { z } from 'zod'

// The first import of every window: a schema tries to make code from text as soon as it is built, which the pages' policy
// forbids and logs. Set in the body of an entry it would come after all the schemas that the entry imports.
z.config({ jitless: true })
