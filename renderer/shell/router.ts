import { createRouter, createWebHashHistory, START_LOCATION, type Router } from 'vue-router'
import { mayOpen } from '../core/reach.ts'
import { useSession } from '../core/stores/session.ts'
import { allPages, firstPageOf } from './pages.ts'

/** Where nobody is: the address of a window without a session. */
export const startPage = { name: 'start' } as const

/**
 * Every page is read when it is first opened; those of every hour were read before, behind the login (`main.ts`).
 * An address of a page that one may not see leads to one's first page, whoever wrote it there.
 */
export function createPages(): Router {
  const router = createRouter({
    history: createWebHashHistory(),
    routes: [
      ...allPages()
        .filter(({ demoOnly }) => __DEMO__ || demoOnly !== true)
        .map(({ name, path, component, needs }) => ({
          name,
          path,
          component,
          meta: needs === undefined ? {} : { needs },
        })),
      { ...startPage, path: '/', component: { render: () => null } },
      { path: '/:rest(.*)*', redirect: '/' },
    ],
  })
  router.beforeEach((to, from) => {
    const session = useSession()
    const start = to.name === startPage.name
    // A window that is read again does not know yet who is signed in; `followSession` looks at its page then.
    if (!session.signedIn) return start || from === START_LOCATION || startPage
    return (!start && mayOpen(to)) || firstPageOf(session)
  })
  return router
}
