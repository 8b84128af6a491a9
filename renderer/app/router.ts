import type { Component } from 'vue'
import { createRouter, createWebHashHistory, type Router } from 'vue-router'
import HomePage from '../features/home/HomePage.vue'

const screens = import.meta.glob<{ default: Component }>('../features/{counter,sync,devices}/*Page.vue')
const screen = (path: string) => screens[path] ?? (() => Promise.resolve({ default: HomePage }))

/** The two screens of every hour are there from the start; the others come when they are first opened. */
export const createPages = (): Router =>
  createRouter({
    history: createWebHashHistory(),
    routes: [
      { name: 'home', path: '/', component: HomePage },
      { name: 'counter', path: '/counter', component: screen('../features/counter/CounterPage.vue') },
      { name: 'sync', path: '/sync', component: screen('../features/sync/SyncPage.vue') },
      { name: 'devices', path: '/devices', component: screen('../features/devices/DevicesPage.vue') },
      ...(__DEMO__ ? [{ name: 'gallery', path: '/gallery', component: () => import('../features/gallery/GalleryPage.vue') }] : []),
      { path: '/:rest(.*)*', redirect: '/' },
    ],
  })
