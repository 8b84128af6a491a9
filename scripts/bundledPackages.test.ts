import { describe, expect, it } from 'vitest'
import { packageOf } from './bundledPackages.ts'

describe('packageOf', () => {
  it.each([
    ['/app/node_modules/vue/dist/vue.js', 'node_modules/vue'],
    ['/app/node_modules/@fontsource/ibm-plex-sans/files/a.woff2?url', 'node_modules/@fontsource/ibm-plex-sans'],
    ['\0/app/node_modules/vue-router/index.js', 'node_modules/vue-router'],
    ['/app/node_modules/a/node_modules/@b/c/index.js', 'node_modules/a/node_modules/@b/c'],
    ['/app/renderer/main.ts', undefined],
    ['\0vite/preload-helper.js', undefined],
  ])('%j lies in %j', (id, expected) => {
    expect(packageOf(id, '/app')).toBe(expected)
  })
})
