import { expect, it, vi } from 'vitest'
import { usePrint } from '../../core/stores/print.ts'
import { useReprint } from '../../core/reprint.ts'
import { mountIn } from '../../core/testing/mountIn.ts'
import IntakeFrame from './IntakeFrame.vue'

const jobIn = (state: 'printed' | 'failed') => {
  const job = usePrint().jobs.find((one) => one.kind === 'receipt' && one.state === 'printed')
  if (job === undefined) throw new Error('no printed receipt')
  usePrint().put({ ...job, state })
  return job
}

it('asks why before a duplicata of what came out', async () => {
  const { screen } = await mountIn(IntakeFrame, 'typical')
  const job = jobIn('printed')
  useReprint().ask(job.paperId as Parameters<ReturnType<typeof useReprint>['ask']>[0])
  await vi.waitFor(() => {
    expect(screen.find('dialog[open]').text()).toContain(job.number)
  })
  useReprint().done()
  await vi.waitFor(() => {
    expect(screen.find('dialog[open]').exists()).toBe(false)
  })
})

it('prints the original of what never came out, without a question, and says when it is there', async () => {
  const { screen } = await mountIn(IntakeFrame, 'typical')
  const job = jobIn('failed')
  useReprint().ask(job.paperId as Parameters<ReturnType<typeof useReprint>['ask']>[0])
  await vi.waitFor(() => {
    const now = usePrint().jobs.find(({ printJobId }) => printJobId === job.printJobId)
    expect(now).toMatchObject({ copy: 0, state: 'queued' })
  })
  expect(screen.find('dialog[open]').exists()).toBe(false)
  expect(usePrint().jobs.filter(({ paperId }) => paperId === job.paperId)).toHaveLength(1)
})
