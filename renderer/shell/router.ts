import { createRouter, createWebHashHistory, type Router } from 'vue-router'
import { allPages } from './pages.ts'

/** Every page is read when it is first opened; those of every hour were read before, behind the login (`main.ts`). */
export const createPages = (): Router =>
  createRouter({
    history: createWebHashHistory(),
    routes: [
      ...allPages()
        .filter(({ demoOnly }) => __DEMO__ || demoOnly !== true)
        .map(({ name, path, component }) => ({ name, path, component })),
      { path: '/:rest(.*)*', redirect: '/' },
    ],
  })
