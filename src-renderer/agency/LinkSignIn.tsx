import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { fromIso } from '../../src-shared/deadlines/instants.ts'
import { timeOfDay } from '../../src-shared/deadlines/spoken.ts'
import { Notice } from '../ui/Notice.tsx'
import classes from './agency.module.css'
import { failureWords } from './failure.ts'
import { goToSlip } from './place.ts'
import { SignIn } from './SignIn.tsx'
import { openLink, sendLinkCode, useSession } from './session.ts'
import { readSlips, useSlips } from './slips.ts'
import { tell } from './words.ts'

/** The link alone opens nothing; the code sent to the same telephone does. */
export function LinkSignIn({ token }: { token: string }) {
  const ended = useSession((session) => session.ended)
  const [sent, setSent] = useState<{ sentTo: string; expiresAt: string } | null>(null)
  const [code, setCode] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)
  const [byAccount, setByAccount] = useState(false)
  if (byAccount) return <SignIn />

  const attempt = async (work: () => Promise<void>) => {
    setProblem(null)
    setBusy(true)
    await work().catch((failure: unknown) => setProblem(failureWords(failure)))
    setBusy(false)
  }
  const sendCode = () =>
    attempt(async () => {
      setSent(await sendLinkCode(token))
      setCode('')
    })
  const open = () =>
    attempt(async () => {
      if (!/^\d{6}$/.test(code)) return setProblem(tell('agency.link-code-wrong'))
      await openLink(token, code)
      await readSlips()
      const only = useSlips.getState().rows?.[0]
      if (only !== undefined) goToSlip(only.caseId)
    })

  return (
    <main className={classes.page}>
      <form
        className={classes.entry}
        aria-label={tell('agency.link-title')}
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void (sent === null ? sendCode() : open())
        }}
      >
        <h1 className={classes.title}>{tell('agency.link-title')}</h1>
        {ended && <Notice tone="soon">{tell('agency.session-ended')}</Notice>}
        {sent === null ? (
          <p className={classes.plain}>{tell('agency.link-lead')}</p>
        ) : (
          <>
            <Notice tone="live">
              {tell('agency.link-sent', { sentTo: sent.sentTo, time: timeOfDay(fromIso(sent.expiresAt)) })}
            </Notice>
            <TextInput
              size="lg"
              label={tell('agency.link-code')}
              inputMode="numeric"
              autoComplete="one-time-code"
              maxLength={6}
              value={code}
              onChange={(event) => setCode(event.currentTarget.value.replace(/\D/g, ''))}
              classNames={{ input: classes.digits ?? '' }}
              autoFocus
            />
          </>
        )}
        {problem !== null && <Notice tone="late">{problem}</Notice>}
        <Button type="submit" size="lg" loading={isBusy}>
          {tell(sent === null ? 'agency.link-send' : 'agency.link-open')}
        </Button>
        {sent !== null && (
          <Button variant="default" size="lg" disabled={isBusy} onClick={() => void sendCode()}>
            {tell('agency.link-again')}
          </Button>
        )}
        <Button variant="subtle" size="lg" onClick={() => setByAccount(true)}>
          {tell('agency.link-instead')}
        </Button>
      </form>
    </main>
  )
}
