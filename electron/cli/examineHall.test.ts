import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { makeOffice } from '#electron/hall/office/makeOffice.ts'
import { temporaryFolder } from '#tests/builders/register.ts'
import { examineHall } from './examineHall.ts'

/** What is found at the last station of an office. */
async function examined(stations: number, voters?: number) {
  const folder = temporaryFolder()
  try {
    const addresses = Array.from({ length: stations }, (_, index) => ({ host: '127.0.0.1', port: 7_001 + index }))
    const office = makeOffice({ addresses, services: ['A'], closed: [], ...(voters === undefined ? {} : { voters }) })
    for (const [name, content] of Object.entries(office.at(-1)?.files ?? {})) {
      mkdirSync(dirname(join(folder.path, name)), { recursive: true })
      writeFileSync(join(folder.path, name), content)
    }
    return await examineHall(folder.path)
  } finally {
    folder.remove()
  }
}

test('an office in which more vote than a call can wait for is told so', async () => {
  expect(await examined(9)).toMatchObject([{ verdict: 'ok', found: '9 stations, 9 vote' }])
  expect(await examined(20)).toMatchObject([{ verdict: 'warning', found: '20 stations, 20 vote' }])
  expect(await examined(20, 5)).toMatchObject([{ verdict: 'ok', found: '20 stations, 5 vote' }])
})

test('a machine that is no station has nothing to be told', async () => {
  const folder = temporaryFolder()
  expect(await examineHall(folder.path)).toEqual([])
  folder.remove()
})
