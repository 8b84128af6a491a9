import type { Pinia } from 'pinia'
import { watch } from 'vue'
import type { Router } from 'vue-router'
import { mayOpen } from '../core/reach.ts'
import { useSession } from '../core/stores/session.ts'
import { forgetPerson } from '../core/stores/sessionStore.ts'
import { firstPageOf } from './pages.ts'
import { startPage } from './router.ts'

/**
 * Whoever signs in begins on the first screen of his role, and finds nothing of the person before. A window that was
 * only read again stays where it was, as far as its person may be there.
 */
export function followSession(router: Router, pinia: Pinia): void {
  const session = useSession(pinia)
  let last: string | undefined
  watch(
    () => session.session?.login,
    async (login) => {
      if (login !== undefined && last !== undefined && last !== login) forgetPerson(pinia)
      last = login ?? last
      await router.isReady()
      if (login !== session.session?.login) return
      const at = router.currentRoute.value
      if (login === undefined) await router.replace(startPage)
      else if (session.entered || at.name === startPage.name || !mayOpen(at)) await router.replace(firstPageOf(session))
    },
    // Before the frame of the next person is set up.
    { immediate: true, flush: 'sync' },
  )
}
