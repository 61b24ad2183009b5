import type { AgentState, QueueAgent } from '../../../src-shared/api/queue.ts'
import type { Account } from './account.ts'
import type { LineClock } from './line-clock.ts'

export type AgentsConfig = {
  /** What an agent is who registers for the first time since the start. */
  firstState: 'ready' | 'break'
  wrapUpSeconds: number
}

type Engagement = { kind: 'ringing' | 'talking'; callId: string }

type Agent = {
  id: string
  name: string
  number: string
  username: string
  wanted: 'ready' | 'break'
  pauseReason: string | null
  /** The pause is the line's and not the agent's own wish. */
  isSetAside: boolean
  isRegistered: boolean
  /** Calls the agent has a part in, by the call's key. The shown state follows from them. */
  engagements: Map<string, Engagement>
  /** A citizen's call has ended while another went on, as in a transfer with a question first. */
  owesWrapUp: boolean
  wrapUpEndsAt: number | null
  pauseEndsAt: number | null
  stopWrapUp: () => void
  stopPause: () => void
  /** Since when the agent could have taken a call; the longest idle is offered first. */
  idleSince: number
  shown: AgentState
  shownSince: number
  shownText: string
}

/** The agents and their true state (drawn in src-shared/api/queue.ts). */
export class Agents {
  #agents = new Map<string, Agent>()
  #clock: LineClock
  #config: AgentsConfig
  #changed: (agent: QueueAgent) => void

  constructor(clock: LineClock, config: AgentsConfig, changed: (agent: QueueAgent) => void) {
    this.#clock = clock
    this.#config = config
    this.#changed = changed
  }

  registration(account: Account, isRegistered: boolean): void {
    if (account.agentId === null) return
    const agent = this.#agents.get(account.agentId) ?? this.#newAgent(account.agentId, account.beginsOnBreak)
    if (isRegistered) {
      agent.name = account.displayName
      agent.number = account.number
      agent.username = account.username
    }
    agent.isRegistered = isRegistered
    this.#settle(agent)
  }

  /** The agent's own wish. 'ready' also ends a wrap-up or a pause set by the line; during a call it waits for its end. */
  want(agentId: string, state: 'ready' | 'break', reason: string | null): void {
    const agent = this.#agents.get(agentId) ?? this.#newAgent(agentId)
    // Saying 'ready' once more when one is ready costs nobody the place in the order.
    const isChange = agent.wanted !== state || agent.wrapUpEndsAt !== null
    endWrapUp(agent)
    endPause(agent)
    agent.wanted = state
    agent.pauseReason = state === 'break' ? reason : null
    if (isChange) agent.idleSince = this.#clock.now()
    this.#settle(agent)
  }

  /** The line itself sets an agent aside. `seconds` null: until the agent says 'ready'. */
  setAside(agentId: string, reason: string, seconds: number | null): void {
    const agent = this.#agents.get(agentId)
    // An agent who asked for a break meanwhile keeps the reason given.
    if (!agent || agent.wanted === 'break') return
    agent.wanted = 'break'
    agent.pauseReason = reason
    agent.isSetAside = true
    if (seconds !== null) {
      agent.pauseEndsAt = this.#clock.now() + seconds * 1000
      agent.stopPause = this.#clock.after(seconds * 1000, () => this.takeBack(agentId))
    }
    this.#settle(agent)
  }

  /** Undoes `setAside`; a break that the agent asked for stays. */
  takeBack(agentId: string): void {
    const agent = this.#agents.get(agentId)
    if (!agent?.isSetAside) return
    endPause(agent)
    agent.wanted = 'ready'
    agent.pauseReason = null
    agent.idleSince = this.#clock.now()
    this.#settle(agent)
  }

  engage(agentId: string, key: string, engagement: Engagement): void {
    const agent = this.#agents.get(agentId) ?? this.#newAgent(agentId)
    if (engagement.kind === 'talking') endWrapUp(agent)
    agent.engagements.set(key, engagement)
    this.#settle(agent)
  }

  /** The call is over for this agent; with `wrapUp` the time for writing it up begins. */
  release(agentId: string, key: string, wrapUp: boolean): void {
    const agent = this.#agents.get(agentId)
    const engagement = agent?.engagements.get(key)
    if (!agent || !engagement) return
    agent.engagements.delete(key)
    // A telephone that only rang, because the caller gave up, leaves the agent's place in the order as it was.
    if (engagement.kind === 'talking') agent.idleSince = this.#clock.now()
    agent.owesWrapUp ||= wrapUp && engagement.kind === 'talking'
    if (agent.engagements.size === 0 && agent.owesWrapUp) this.#beginWrapUp(agent)
    this.#settle(agent)
  }

  /** User name of the agent who can take a call and has been idle longest; null when nobody can. */
  longestIdle(): { agentId: string; username: string } | null {
    let best: Agent | null = null
    for (const agent of this.#agents.values()) {
      if (agent.shown === 'ready' && (!best || agent.idleSince < best.idleSince)) best = agent
    }
    return best ? { agentId: best.id, username: best.username } : null
  }

  list(): QueueAgent[] {
    return [...this.#agents.values()].map((agent) => this.#view(agent)).sort((a, b) => a.id.localeCompare(b.id))
  }

  close(): void {
    for (const agent of this.#agents.values()) {
      agent.stopWrapUp()
      agent.stopPause()
    }
  }

  #newAgent(id: string, breakReason: string | null = null): Agent {
    const now = this.#clock.now()
    const agent: Agent = {
      id,
      name: id,
      number: '',
      username: '',
      wanted: breakReason === null ? this.#config.firstState : 'break',
      pauseReason: breakReason ?? (this.#config.firstState === 'break' ? 'signed-in' : null),
      isSetAside: false,
      isRegistered: false,
      engagements: new Map(),
      owesWrapUp: false,
      wrapUpEndsAt: null,
      pauseEndsAt: null,
      stopWrapUp() {},
      stopPause() {},
      idleSince: now,
      shown: 'offline',
      shownSince: now,
      shownText: '',
    }
    this.#agents.set(id, agent)
    return agent
  }

  #beginWrapUp(agent: Agent): void {
    const wrapUpMs = this.#config.wrapUpSeconds * 1000
    agent.owesWrapUp = false
    if (wrapUpMs === 0) return
    agent.wrapUpEndsAt = this.#clock.now() + wrapUpMs
    agent.stopWrapUp = this.#clock.after(wrapUpMs, () => {
      agent.wrapUpEndsAt = null
      agent.idleSince = this.#clock.now()
      this.#settle(agent)
    })
  }

  #settle(agent: Agent): void {
    const state = trueState(agent)
    if (state !== agent.shown) {
      const wasOffline = agent.shown === 'offline'
      agent.shown = state
      agent.shownSince = this.#clock.now()
      if (wasOffline && state === 'ready') agent.idleSince = agent.shownSince
    }
    const view = this.#view(agent)
    const text = JSON.stringify(view)
    if (text === agent.shownText) return
    agent.shownText = text
    this.#changed(view)
  }

  #view(agent: Agent): QueueAgent {
    const engagements = [...agent.engagements.values()]
    const call = engagements.find(({ kind }) => kind === 'talking') ?? engagements[0]
    const endsAt = agent.shown === 'wrap-up' ? agent.wrapUpEndsAt : agent.shown === 'break' ? agent.pauseEndsAt : null
    return {
      id: agent.id,
      name: agent.name,
      number: agent.number,
      state: agent.shown,
      since: new Date(agent.shownSince).toISOString(),
      callId: call?.callId ?? null,
      pauseReason: agent.wanted === 'break' ? agent.pauseReason : null,
      until: endsAt === null ? null : new Date(endsAt).toISOString(),
    }
  }
}

function endWrapUp(agent: Agent): void {
  agent.stopWrapUp()
  agent.wrapUpEndsAt = null
}

function endPause(agent: Agent): void {
  agent.stopPause()
  agent.pauseEndsAt = null
  agent.isSetAside = false
}

/** The call comes before everything: an agent whose socket died in mid-call is still talking. */
function trueState(agent: Agent): AgentState {
  const kinds = [...agent.engagements.values()].map(({ kind }) => kind)
  if (kinds.includes('talking')) return 'talking'
  if (!agent.isRegistered) return 'offline'
  if (kinds.includes('ringing')) return 'ringing'
  if (agent.wrapUpEndsAt !== null) return 'wrap-up'
  return agent.wanted
}
