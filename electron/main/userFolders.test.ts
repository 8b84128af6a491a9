import { expect, test } from 'vitest'
import { forgetRelativeFolders } from './userFolders.ts'

test('an empty or relative folder is none, an absolute one and everything else stays', () => {
  const env: NodeJS.ProcessEnv = {
    XDG_CONFIG_HOME: 'here',
    XDG_CACHE_HOME: '',
    XDG_DATA_HOME: '/srv/data',
    HOME: '/home/somebody',
  }
  forgetRelativeFolders(env)
  expect(env).toEqual({ XDG_DATA_HOME: '/srv/data', HOME: '/home/somebody' })
})
