import { createRouter, createWebHashHistory, type Router } from 'vue-router'

/** Every page is read when it is first opened; those of every hour were read before, behind the login (`main.ts`). */
export const createPages = (): Router =>
  createRouter({
    history: createWebHashHistory(),
    routes: [
      { name: 'home', path: '/', component: () => import('../features/home/HomePage.vue') },
      { name: 'counter', path: '/counter', component: () => import('../features/intake/CounterPage.vue') },
      {
        name: 'corrections',
        path: '/corrections',
        component: () => import('../features/corrections/CorrectionsPage.vue'),
      },
      { name: 'sync', path: '/sync', component: () => import('../features/sync/SyncPage.vue') },
      { name: 'day', path: '/day', component: () => import('../features/closing/DayPage.vue') },
      { name: 'journal', path: '/journal', component: () => import('../features/journal/JournalPage.vue') },
      { name: 'accounts', path: '/accounts', component: () => import('../features/accounts/AccountsPage.vue') },
      {
        name: 'personalData',
        path: '/personal-data',
        component: () => import('../features/personalData/PersonalDataPage.vue'),
      },
      { name: 'trust', path: '/trust', component: () => import('../features/trust/TrustPage.vue') },
      { name: 'devices', path: '/devices', component: () => import('../features/devices/DevicesPage.vue') },
      ...(__DEMO__
        ? [{ name: 'gallery', path: '/gallery', component: () => import('../features/gallery/GalleryPage.vue') }]
        : []),
      { path: '/:rest(.*)*', redirect: '/' },
    ],
  })
