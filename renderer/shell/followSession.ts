import type { Pinia } from 'pinia'
import { watch } from 'vue'
import type { Router } from 'vue-router'
import type { Bridge } from '../core/bridge/index.ts'
import { mayOpen } from '../core/reach.ts'
import { useSession } from '../core/stores/session.ts'
import { forgetPerson } from '../core/stores/sessionStore.ts'
import { firstPageOf } from './pages.ts'
import { startPage } from './router.ts'

/**
 * Whoever signs in begins on the first screen of his role, and finds nothing of the person before. A window that was
 * only read again stays where it was, as far as its person may be there. A supervisor begins on the hall while it is open.
 */
export function followSession(router: Router, pinia: Pinia, bridge: Pick<Bridge, 'call'>): void {
  const session = useSession(pinia)
  let last: string | undefined
  let stopLooking = (): void => {}
  watch(
    () => session.session?.login,
    async (login) => {
      stopLooking()
      if (login !== undefined && last !== undefined && last !== login) forgetPerson(pinia)
      last = login ?? last
      await router.isReady()
      if (login !== session.session?.login) return
      const at = router.currentRoute.value
      if (login === undefined) await router.replace(startPage)
      else if (session.entered || at.name === startPage.name || !mayOpen(at)) {
        const first = firstPageOf(session)
        await router.replace(first)
        if (login !== session.session?.login || !session.may('runHall')) return
        // Whoever begins at a counter serves there first.
        if (first.name === 'home') stopLooking = lookAtHall(router, bridge)
      }
    },
    // Before the frame of the next person is set up.
    { immediate: true, flush: 'sync' },
  )
}

/** Leads to the hall if it is open, and nobody has gone anywhere or opened a dialog while it was asked. */
function lookAtHall(router: Router, bridge: Pick<Bridge, 'call'>): () => void {
  let went = false
  const off = router.beforeEach(() => {
    went = true
  })
  void bridge.call('hall.view', {}).then((hall) => {
    off()
    if (went || !hall.ok || !hall.value.open || document.querySelector('dialog[open]') !== null) return
    void router.replace({ name: 'hall' })
  })
  return () => {
    went = true
    off()
  }
}
