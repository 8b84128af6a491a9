import { expect, test, vi } from 'vitest'
import { platformPaths } from '#shared/contract/platform.ts'
import { exchange } from '#tests/conformance/signature.ts'
import { startPlatform } from '#tests/platform/startPlatform.ts'

// What is tried: to be the operator of a platform whose token was left empty.

vi.setConfig({ testTimeout: 60_000 })

test('an empty token makes nobody the operator', async () => {
  const server = await startPlatform({ operator: '', log: () => undefined })
  const ask = (path: string, authorization: string) => exchange(server.url, { path, headers: { authorization } })
  expect((await ask('/operations', `Basic ${Buffer.from('operator:').toString('base64')}`)).status).toBe(404)
  for (const authorization of ['Bearer', 'Bearer ', ''])
    expect((await ask(platformPaths.devices, authorization)).status).toBe(401)
  await server.close()
})
