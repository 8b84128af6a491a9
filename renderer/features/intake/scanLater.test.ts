import { createPinia, setActivePinia } from 'pinia'
import { createApp } from 'vue'
import { describe, expect, it, vi } from 'vitest'
import type { Sha256 } from '#shared/ids.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { demoBridge } from '../../core/bridge/demo/index.ts'
import { bridgeKey, type Bridge } from '../../core/bridge/index.ts'
import { feedStores } from '../../core/stores/feed.ts'
import { useReceipt } from './stores/receipt.ts'
import { useRequest } from './stores/request.ts'

const page = { sha256: 'ab'.repeat(32) as Sha256, mime: 'image/jpeg', size: 5 }
const eventually = (check: () => unknown): Promise<unknown> => vi.waitFor(check, { timeout: 10_000 })

/** The counter over a scanner that answers when the test says so. */
async function open() {
  const demo = demoBridge('incomplete')
  const scans: ((result: unknown) => void)[] = []
  const bridge: Bridge = {
    ...demo,
    call: (name: never, input: never, signal?: AbortSignal) =>
      name === 'attachment.scan'
        ? new Promise<never>((resolve) => {
            scans.push(resolve as (result: unknown) => void)
            signal?.addEventListener('abort', () => {
              resolve(err({ code: 'call.cancelled' }) as never)
            })
          })
        : demo.call(name, input, signal),
  }
  const app = createApp({})
  const pinia = createPinia()
  app.use(pinia)
  app.provide(bridgeKey, bridge)
  setActivePinia(pinia)
  await app.runWithContext(() => feedStores(bridge))
  const [request, receipt] = app.runWithContext(() => [useRequest(), useReceipt()] as const)
  await request.load()
  await eventually(() => {
    expect(request.draft).toBeDefined()
  })
  const [sheet, first] = [request.sheet?.code ?? '', request.draftId]
  const filesOf = (code: string) => request.draft?.pieces.find((piece) => piece.code === code)?.attachments
  return {
    request,
    receipt,
    sheet,
    first,
    filesOf,
    /** Another citizen, who asks for the same. */
    another: async () => {
      request.clear()
      await demo.call('identity.type', { identity: { familyName: 'AUTRE', givenNames: 'X' }, reason: 'noCard' })
      await request.choose(sheet, 'fr')
      await eventually(() => {
        expect(request.draft?.procedure).toBe(sheet)
      })
    },
    comes: (result: Result<typeof page> = ok(page)) => {
      for (const resolve of scans.splice(0)) resolve(result)
    },
  }
}

describe('a page that comes when the counter is elsewhere already', () => {
  it('belongs to the request that asked for it, never to the next citizen’s', async () => {
    const { request, another, comes, filesOf, first } = await open()
    const scanning = request.scan('plan')
    expect(request.scanning).toBe(true)
    await another()
    expect(request.scanning).toBe(false)
    comes()
    await scanning
    expect(filesOf('plan')).toEqual([])
    await request.open(first)
    expect(filesOf('plan')).toEqual([page.sha256])
  })

  it('is refused at its own request only', async () => {
    const { request, another, comes, first } = await open()
    const scanning = request.scan('plan')
    await another()
    comes(err({ code: 'scanner.failed' }))
    await scanning
    expect(request.pieceFault).toBeUndefined()
    await request.open(first)
    expect(request.pieceFault).toMatchObject({ code: 'plan', fault: { code: 'scanner.failed' } })
  })

  it('comes back with a request that was taken back meanwhile', async () => {
    const { request, comes, filesOf } = await open()
    const scanning = request.scan('plan')
    const takeBack = await request.setAside()
    takeBack()
    comes()
    await scanning
    expect(filesOf('plan')).toEqual([page.sha256])
  })

  it('holds the deposit until it is there, or is not wanted any more', async () => {
    const { request, receipt, filesOf } = await open()
    const before = receipt.obstacle
    const scanning = request.scan('plan')
    expect(receipt.obstacle).toBe('file')
    await receipt.issue()
    expect(receipt.deposit).toBeUndefined()
    request.stopScan()
    await scanning
    expect(receipt.obstacle).toBe(before)
    expect(request.pieceFault).toBeUndefined()
    expect(filesOf('plan')).toEqual([])
  })
})
