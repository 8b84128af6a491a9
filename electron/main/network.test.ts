import { expect, test } from 'vitest'
import { stayOffTheNetwork } from './network.ts'

const switchesFor = (devServer?: string): Readonly<Record<string, string | undefined>> => {
  const set: Record<string, string | undefined> = {}
  stayOffTheNetwork(
    {
      appendSwitch: (name, value) => {
        set[name] = value
      },
    },
    devServer,
  )
  return set
}

test('Chromium finds no way out; while developing it reaches the pages', () => {
  expect(switchesFor()).toMatchObject({
    'proxy-server': 'http://127.0.0.1:9',
    'proxy-bypass-list': '<-loopback>',
    'host-resolver-rules': 'MAP * ~NOTFOUND',
  })
  expect(switchesFor('http://localhost:5173')).not.toHaveProperty('proxy-server')
})
