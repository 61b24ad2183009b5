import { Button, PasswordInput, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useForm } from 'react-hook-form'
import { RemoteFailure } from '../bridge.ts'
import { Notice } from '../ui/Notice.tsx'
import { DeskNotice } from './DeskNotice.tsx'
import classes from './session.module.css'
import { signIn, useSession } from './session-store.ts'
import { failureWords, useSay } from './words.ts'

interface Fields {
  username: string
  password: string
}

export function SignIn() {
  const say = useSay()
  const link = useSession((session) => session.state?.link.kind)
  const province = useSession((session) => session.state?.provinceName)
  const [problem, setProblem] = useState<string | null>(null)
  const { register, handleSubmit, formState } = useForm<Fields>({ defaultValues: { username: '', password: '' } })

  const enter = async ({ username, password }: Fields) => {
    setProblem(null)
    try {
      await signIn(username, password)
    } catch (failure) {
      if (!(failure instanceof RemoteFailure)) throw failure
      setProblem(failureWords(say, failure))
    }
  }

  return (
    <main className={classes.page}>
      <form className={classes.box} aria-label={say('signIn.title')} onSubmit={handleSubmit(enter)}>
        <div>
          <h1 className={classes.title}>{say('shell.product')}</h1>
          <p className={classes.dim}>{province ?? say('signIn.noProvince')}</p>
        </div>
        <DeskNotice />
        {link === 'offline' && <Notice tone="calm">{say('signIn.offline')}</Notice>}
        <TextInput
          label={say('signIn.username')}
          autoComplete="username"
          autoFocus
          error={formState.errors.username && say('signIn.missing')}
          {...register('username', { required: true })}
        />
        <PasswordInput
          label={say('signIn.password')}
          autoComplete="current-password"
          error={formState.errors.password && say('signIn.missing')}
          visibilityToggleButtonProps={{ 'aria-label': say('signIn.show') }}
          {...register('password', { required: true })}
        />
        {problem !== null && <Notice tone="late">{problem}</Notice>}
        <Button type="submit" loading={formState.isSubmitting}>
          {say('signIn.enter')}
        </Button>
      </form>
    </main>
  )
}
