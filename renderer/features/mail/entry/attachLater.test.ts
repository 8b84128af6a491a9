import { createPinia, setActivePinia } from 'pinia'
import { createApp } from 'vue'
import { describe, expect, it, vi } from 'vitest'
import type { In } from '#shared/contract/calls.ts'
import type { Sha256 } from '#shared/ids.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { demoBridge } from '../../../core/bridge/demo/index.ts'
import { bridgeKey, type Bridge } from '../../../core/bridge/index.ts'
import { feedStores } from '../../../core/stores/feed.ts'
import { useMailOffice } from '../office.ts'
import { blankDraft } from './draft.ts'
import { useEntry } from './entry.ts'

const added = { sha256: 'cd'.repeat(32) as Sha256, mime: 'application/pdf', size: 5 }
const file = new File(['%PDF-'], 'plan.pdf')

/** A letter being entered, over a register that takes files when the test says so. */
async function entering() {
  const demo = demoBridge('mail')
  const waiting: ((result: unknown) => void)[] = []
  const registered: In<'mail.register'>[] = []
  const bridge: Bridge = {
    ...demo,
    call: (name: string, input: never, signal?: AbortSignal) => {
      if (name === 'mail.addFile')
        return new Promise<never>((resolve) => {
          waiting.push(resolve as (result: unknown) => void)
        })
      if (name === 'mail.register') registered.push(input)
      return demo.call(name as never, input, signal)
    },
  }
  const app = createApp({})
  const pinia = createPinia()
  app.use(pinia)
  app.provide(bridgeKey, bridge)
  setActivePinia(pinia)
  await app.runWithContext(() => feedStores(bridge))
  const [office, entry] = app.runWithContext(() => [useMailOffice(), useEntry()] as const)
  await office.load()
  entry.set({ ...blankDraft(), party: 'Wilaya de Rabat', subject: 'Plan de masse' })
  const comes = async (result: Result<typeof added>): Promise<void> => {
    await vi.waitFor(() => {
      expect(waiting.length).toBeGreaterThan(0)
    })
    for (const resolve of waiting.splice(0)) resolve(result)
  }
  return { entry, comes, registered }
}

describe('a letter whose file is still on its way', () => {
  it('is registered with it, and the next letter begins without', async () => {
    const { entry, comes, registered } = await entering()
    const attaching = entry.attach(file)
    const submitting = entry.submit()
    await comes(ok(added))
    expect(await submitting).toBe(true)
    await attaching
    expect(registered).toMatchObject([{ files: [{ sha256: added.sha256, name: 'plan.pdf' }] }])
    expect(entry.files).toEqual([])
  })

  it('is not registered without it: what was refused is said, and the next stroke registers', async () => {
    const { entry, comes, registered } = await entering()
    const attaching = entry.attach(file)
    const submitting = entry.submit()
    await comes(err({ code: 'attachment.tooLarge' }))
    expect(await submitting).toBe(false)
    await attaching
    expect(registered).toEqual([])
    expect(entry.fault?.code).toBe('attachment.tooLarge')
    expect(await entry.submit()).toBe(true)
    expect(registered).toMatchObject([{ files: [] }])
  })
})
