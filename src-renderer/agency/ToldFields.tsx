import { NativeSelect } from '@mantine/core'
import { contactWays } from '../../src-shared/cases/case.ts'
import { Field, type Fields } from './Field.tsx'
import { tell } from './words.ts'

interface Told {
  via: string
  at: string
}

/** How and when the citizen was told (#18). */
export function ToldFields({ form }: { form: Fields<Told> }) {
  return (
    <>
      <NativeSelect
        size="lg"
        label={tell('agency.told-via')}
        value={form.values.via}
        error={form.problems.via && tell(form.problems.via)}
        onChange={(event) => form.set({ via: event.currentTarget.value })}
        data={[{ value: '', label: '' }, ...contactWays.map((way) => ({ value: way, label: tell(`way.${way}`) }))]}
      />
      <Field form={form} name="at" label="agency.told-at" type="datetime-local" />
    </>
  )
}
