import { enableAutoUnmount } from '@vue/test-utils'
import { afterEach, expect, test, vi } from 'vitest'
import type { HallView } from '#shared/contract/features/hall/views.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { demoBridge } from '../../../core/bridge/demo/index.ts'
import type { Bridge } from '../../../core/bridge/index.ts'
import { mountOver } from '../../../core/testing/mountIn.ts'
import CounterPage from '../CounterPage.vue'
import { useRequest } from '../stores/request.ts'

enableAutoUnmount(afterEach)

const id = '0198c0de-0000-7000-8000-000000000001'

/** The counter of the demonstration, to which another one lets a file go with A044. */
async function sitDown(take: () => Result<{ id: string; left: number }>) {
  const demo = demoBridge('typical')
  const asked: { readonly call: string; readonly input: unknown }[] = []
  const withFile = (view: HallView): HallView => ({
    ...view,
    counters: view.counters.map((one) =>
      one.ticket?.ticket === 'A044' ? { ...one, ticket: { ...one.ticket, file: { station: 'station-3', id } } } : one,
    ),
  })
  const bridge = {
    ...demo,
    call: async (call: string, input: unknown) => {
      asked.push({ call, input })
      if (call === 'hall.takeFile') return take()
      const answer = await (demo.call as (call: string, input: unknown) => Promise<Result<unknown>>)(call, input)
      return call === 'hall.view' && answer.ok ? ok(withFile(answer.value as HallView)) : answer
    },
    on: (event: string, hear: (told: unknown) => void) =>
      (demo.on as (event: string, hear: (told: unknown) => void) => () => void)(event, (told) => {
        hear(event === 'hall' ? withFile(told as HallView) : told)
      }),
  } as unknown as Bridge
  const { pinia } = await mountOver(bridge, CounterPage)
  const by = (name: string) => document.querySelector<HTMLElement>(`[data-testid="${name}"]`)
  const press = (key: string, ctrlKey = false): void => {
    document.activeElement?.dispatchEvent(
      new KeyboardEvent('keydown', { key, ctrlKey, bubbles: true, cancelable: true }),
    )
  }
  const standing = (ticket: string): Promise<void> =>
    vi.waitFor(() => {
      expect(by('queue-ticket')?.textContent).toContain(ticket)
    })
  await standing('A039')
  return { press, by, standing, asked, bridge, request: useRequest(pinia) }
}

test('what another counter began for him opens by itself once he stands here', async () => {
  const { press, standing, bridge, request, asked } = await sitDown(() => ok({ id, left: 0 }))
  await request.choose('URB-001', 'fr')
  await request.settled()
  const draft = request.draft
  if (draft === undefined) throw new Error('no draft')
  await bridge.call('draft.save', { id, draft: { ...draft, note: 'De là-bas' }, revision: 0, writer: id })
  request.clear()
  press('F4')
  await standing('A044')
  expect(asked.some(({ call }) => call === 'hall.takeFile')).toBe(false)
  press('g', true)
  await vi.waitFor(() => {
    expect(request.draftId).toBe(id)
    expect(request.draft?.note).toBe('De là-bas')
  })
})

test('where it does not come the agent is told, and one press asks again', async () => {
  const answers: Result<{ id: string; left: number }>[] = [err(faultOf('hall.fileAway')), ok({ id, left: 2 })]
  const { press, by, standing } = await sitDown(() => answers.shift() ?? err(faultOf('hall.fileAway')))
  press('F4')
  await standing('A044')
  press('g', true)
  await vi.waitFor(() => {
    expect(by('queue-open-file')).not.toBeNull()
  })
  by('queue-open-file')?.click()
  await vi.waitFor(() => {
    expect(by('queue-open-file')).toBeNull()
  })
  expect(answers).toEqual([])
})

test('a transfer lets what was begun go with the ticket', async () => {
  const { press, by, request, asked } = await sitDown(() => err(faultOf('hall.fileAway')))
  await request.choose('URB-001', 'fr')
  const { draftId } = request
  press('F10')
  await vi.waitFor(() => {
    expect(by('transfer-B')).not.toBeNull()
  })
  by('transfer-B')?.click()
  await vi.waitFor(() => {
    expect(asked).toContainEqual({
      call: 'hall.ticket',
      input: expect.objectContaining({ act: 'transfer', service: 'B', draftId }) as unknown,
    })
    expect(request.draft).toBeUndefined()
  })
})
