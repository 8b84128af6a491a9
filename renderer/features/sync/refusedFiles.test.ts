import { enableAutoUnmount, mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { afterEach, expect, it, vi } from 'vitest'
import { faultOf } from '#shared/fault.ts'
import { speak } from '../../core/i18n/language.ts'
import RefusedFiles from './RefusedFiles.vue'

enableAutoUnmount(afterEach)

it('names each file by its act, with the sentence of why it was not taken and when it is tried again', async () => {
  vi.stubGlobal('__DEMO__', false)
  await speak('fr')
  const screen = mount(RefusedFiles, {
    global: { plugins: [createPinia()] },
    props: {
      now: new Date('2026-11-21T09:00:00Z'),
      files: [
        {
          number: '2026/RAB03-G2/000001',
          size: 10,
          tries: 2,
          fault: faultOf('platform.failed', '413'),
          againAt: '2026-11-21T09:04:00.000Z',
        },
        { size: 10, tries: 1, fault: faultOf('file.damaged', 'x'), againAt: '2026-11-21T09:01:00.000Z' },
      ],
    },
  })
  const rows = screen.findAll('li')
  expect(rows.map((row) => row.attributes('data-code'))).toEqual(['platform.failed', 'file.damaged'])
  expect(rows[0]?.text()).toContain('2026/RAB03-G2/000001')
  expect(rows[1]?.text()).toContain('endommagé')
})
