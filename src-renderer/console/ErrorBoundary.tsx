import { Component, type ErrorInfo, type ReactNode } from 'react'
import { flushDrafts } from '../cases/draft-store.ts'
import { sayNow } from '../session/words.ts'
import classes from './console.module.css'

interface State {
  readonly fault: Error | null
}

/** A bug of the screen ends the screen, not the work: drafts are written first, and the phone goes on by itself. */
export class ErrorBoundary extends Component<{ children: ReactNode }, State> {
  override state: State = { fault: null }

  static getDerivedStateFromError(fault: Error): State {
    return { fault }
  }

  override componentDidCatch(_fault: Error, _info: ErrorInfo): void {
    void flushDrafts()
  }

  override render(): ReactNode {
    if (this.state.fault === null) return this.props.children
    return (
      <main className={classes.broken} role="alert">
        <h1>{sayNow('fault.title')}</h1>
        <p>{sayNow('fault.kept')}</p>
        <button type="button" onClick={() => this.setState({ fault: null })}>
          {sayNow('fault.again')}
        </button>
        <pre>{this.state.fault.message}</pre>
      </main>
    )
  }
}
