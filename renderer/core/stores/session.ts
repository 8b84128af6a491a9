import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { Payload } from '#shared/contract/events.ts'
import type { AgentCardView, SessionView } from '#shared/contract/features/session/calls.ts'
import { allows, type Permission } from '#shared/domain/roles.ts'

/** Whose session the program closed by itself, and why. */
interface Locked {
  readonly login: string
  readonly name: string
  readonly why: NonNullable<Payload<'session'>['locked']>
}

/** Who is signed in, and what this person may do; before that, whose card is in a reader. */
export const useSession = defineStore('session', () => {
  const session = shallowRef<SessionView>()
  const locked = shallowRef<Locked>()
  const agentCard = shallowRef<AgentCardView>({ state: 'none' })
  /** Whether the session began while this window looked on; one that is read again finds it begun. */
  const entered = shallowRef(false)
  const may = (permission: Permission): boolean =>
    session.value !== undefined && allows(session.value.roles, permission)
  const hear = ({ session: now, locked: why }: Payload<'session'>): void => {
    const before = session.value
    locked.value =
      now === undefined && before !== undefined && why !== undefined
        ? { login: before.login, name: before.name, why }
        : now === undefined
          ? locked.value
          : undefined
    entered.value = now !== undefined && (before?.login !== now.login || entered.value)
    session.value = now
  }
  return { session, entered, locked, agentCard, signedIn: computed(() => session.value !== undefined), may, hear }
})
