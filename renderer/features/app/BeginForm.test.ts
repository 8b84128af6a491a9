import { enableAutoUnmount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { faultOf } from '#shared/fault.ts'
import { err } from '#shared/result.ts'
import { demoPlatform } from '../../core/bridge/demo/platform.ts'
import { demoBridge } from '../../core/bridge/demo/index.ts'
import { handFile } from '../../core/testing/files.ts'
import { keyboard } from '../../core/testing/keys.ts'
import { mountIn, mountOver } from '../../core/testing/mountIn.ts'
import BeginForm from './BeginForm.vue'

enableAutoUnmount(afterEach)
beforeEach(() => {
  vi.stubGlobal('__DEMO__', false)
})
const find = (test: string): HTMLElement | null => document.querySelector<HTMLElement>(`[data-testid="${test}"]`)
const code = (): string | undefined => document.querySelector<HTMLElement>('[data-code]')?.dataset['code']
/** Enter in a field: what a browser makes of it. */
const enter = (): void => {
  find('begin-form')?.dispatchEvent(new Event('submit', { cancelable: true }))
}
const chosen = async (bytes: number): Promise<void> => {
  handFile(find('office-file'), bytes, 'RAB03-G2.office')
  await vi.waitFor(() => {
    expect(document.activeElement).toBe(find('office-print'))
  })
}

describe('the first start of a counter, by keyboard alone', () => {
  it('begins with the file, leads on to the fingerprint, and takes it in any case and with any gaps', async () => {
    const { screen, bridge } = await mountIn(BeginForm, 'office')
    expect(document.activeElement?.textContent).toContain('Choisir le fichier')
    await chosen(300)
    expect(screen.text()).toContain('RAB03-G2.office')
    await keyboard.write(` ${demoPlatform.key.toLowerCase().replaceAll('-', '  ')} `)
    enter()
    await vi.waitFor(async () => {
      expect(await bridge.call('app.state', {})).toMatchObject({ value: { phase: 'ready' } })
    })
    expect(code()).toBeUndefined()
  })

  it('says what is missing, and leads there', async () => {
    const { screen } = await mountIn(BeginForm, 'office')
    expect(find('begin-submit')?.getAttribute('aria-disabled')).toBeNull()
    keyboard.tabTo((one) => one === find('office-print'))
    enter()
    await vi.waitFor(() => {
      expect(screen.text()).toContain('Choisissez d’abord le fichier du service.')
    })
    expect(document.activeElement?.getAttribute('type')).toBe('button')
    await chosen(300)
    await keyboard.write('4tkw 9q2m')
    enter()
    await vi.waitFor(() => {
      expect(screen.text()).toMatch(/caractères saisis : \P{L}*8\P{L}* sur \P{L}*32/u)
    })
    expect(find('office-print')).toMatchObject({ value: '4TKW-9Q2M' })
    expect(code()).toBeUndefined()
  })

  it('says that a fingerprint is another one, and takes the right one then', async () => {
    const { bridge } = await mountIn(BeginForm, 'office')
    await chosen(300)
    await keyboard.write(demoPlatform.key.replace('4', '5'))
    enter()
    await vi.waitFor(() => {
      expect(code()).toBe('office.fingerprint')
    })
    expect(document.activeElement).toBe(find('office-print'))
    await keyboard.write(demoPlatform.key)
    enter()
    await vi.waitFor(async () => {
      expect(await bridge.call('app.state', {})).toMatchObject({ value: { phase: 'ready' } })
    })
  })

  it('says that a file is none, and lets another one be chosen', async () => {
    await mountIn(BeginForm, 'office')
    await chosen(20)
    await keyboard.write(demoPlatform.key)
    enter()
    await vi.waitFor(() => {
      expect(code()).toBe('office.notOffice')
    })
    expect(document.activeElement?.getAttribute('type')).toBe('button')
    await chosen(300)
    expect(code()).toBeUndefined()
    handFile(find('office-file'), 1_000_001, 'film.mp4')
    await vi.waitFor(() => {
      expect(code()).toBe('office.notOffice')
    })
  })

  it('asks once, however often Enter is pressed', async () => {
    const real = demoBridge('office')
    let answer = (): void => undefined
    const asked = vi.fn(
      () =>
        new Promise((resolve) => {
          answer = () => {
            resolve(err(faultOf('register.diskFull')))
          }
        }),
    )
    await mountOver(
      {
        ...real,
        call: (name: never, input: never) => (name === 'register.begin' ? asked() : real.call(name, input)),
      } as never,
      BeginForm,
    )
    await chosen(300)
    await keyboard.write(demoPlatform.key)
    enter()
    enter()
    await vi.waitFor(() => {
      expect(find('begin-submit')?.getAttribute('aria-busy')).toBe('true')
    })
    enter()
    expect(asked).toHaveBeenCalledTimes(1)
    answer()
    await vi.waitFor(() => {
      expect(code()).toBe('register.diskFull')
    })
    enter()
    expect(asked).toHaveBeenCalledTimes(2)
  })
})
