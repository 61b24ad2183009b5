import { Button, PasswordInput, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useForm } from 'react-hook-form'
import { Notice } from '../ui/Notice.tsx'
import classes from './agency.module.css'
import { failureWords } from './failure.ts'
import { signIn, useSession } from './session.ts'
import { tell } from './words.ts'

interface Fields {
  username: string
  password: string
}

export function SignIn() {
  const ended = useSession((session) => session.ended)
  const [problem, setProblem] = useState<string | null>(null)
  const { register, handleSubmit, formState } = useForm<Fields>({ defaultValues: { username: '', password: '' } })

  const enter = async ({ username, password }: Fields) => {
    setProblem(null)
    await signIn(username, password).catch((failure: unknown) => setProblem(failureWords(failure)))
  }

  return (
    <main className={classes.page}>
      <form className={classes.entry} aria-label={tell('agency.sign-in')} onSubmit={handleSubmit(enter)} noValidate>
        <div>
          <h1 className={classes.title}>{tell('agency.title')}</h1>
          <p className={classes.dim}>{tell('agency.lead')}</p>
        </div>
        {ended && <Notice tone="soon">{tell('agency.session-ended')}</Notice>}
        <TextInput
          size="lg"
          label={tell('agency.username')}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          error={formState.errors.username && tell('agency.missing')}
          {...register('username', { required: true })}
        />
        <PasswordInput
          size="lg"
          label={tell('agency.password')}
          autoComplete="current-password"
          error={formState.errors.password && tell('agency.missing')}
          visibilityToggleButtonProps={{ 'aria-label': tell('agency.show-password') }}
          {...register('password', { required: true })}
        />
        {problem !== null && <Notice tone="late">{problem}</Notice>}
        <Button type="submit" size="lg" loading={formState.isSubmitting}>
          {tell('agency.sign-in')}
        </Button>
      </form>
    </main>
  )
}
