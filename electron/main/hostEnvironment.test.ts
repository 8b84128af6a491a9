import { expect, test } from 'vitest'
import { hostEnvironment } from './hostEnvironment.ts'

const env = {
  PATH: '/bin',
  TMPDIR: '/tmp',
  GUICHET_PASSPHRASE: 'secret',
  GUICHET_PASSWORD: 'secret',
  GUICHET_PLATFORM: 'http://platform',
  NODE_EXTRA_CA_CERTS: '/ca.pem',
  PCSCLITE_CSOCK_NAME: '/run/pcscd',
  NODE_OPTIONS: '--inspect',
}

test('each host gets what it needs, and no option of the runtime', () => {
  expect(hostEnvironment('press', env)).toEqual({ TMPDIR: '/tmp' })
  expect(hostEnvironment('devices', env)).toEqual({
    PATH: '/bin',
    TMPDIR: '/tmp',
    PCSCLITE_CSOCK_NAME: '/run/pcscd',
  })
  expect(Object.keys(hostEnvironment('worker', env)).sort()).toEqual(['GUICHET_PASSPHRASE', 'PATH', 'TMPDIR'])
})
