import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { defineComponent, h, shallowRef } from 'vue'
import type { Payload } from '#shared/contract/events.ts'
import type { Scanned } from '#shared/domain/scan/classify.ts'
import { demoSeal } from './bridge/demo/seal.ts'
import { createScans } from './scans.ts'
import SealDialog from '../features/intake/SealDialog.vue'
import { mountIn } from './testing/mountIn.ts'

const td3 = ['P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<', 'L898902C36UTO7408122F1204159ZE184226B<<<<<10'] as const

/** The hand of the test, in milliseconds: how fast keys follow one another is its own, not the machine's. */
let at = 0
const keydown = (pressed: KeyboardEventInit): KeyboardEvent => {
  const event = new KeyboardEvent('keydown', { ...pressed, bubbles: true, cancelable: true })
  at += 1
  return Object.defineProperty(event, 'timeStamp', { value: at })
}

/** A window with a field in which keys type what nobody keeps from it, and who hears scans. */
function desk() {
  let hear: (scan: Payload<'scan'>) => void = () => undefined
  const heard: Scanned[] = []
  const root = document.createElement('div')
  document.body.replaceChildren(root)
  const scans = createScans(
    {
      on: (event, listener) => {
        // The only event that is asked for.
        if (event === 'scan') hear = listener as typeof hear
        return () => undefined
      },
    },
    { addEventListener: root.addEventListener.bind(root), document },
  )
  const off = scans.listen((scanned) => heard.push(scanned) > 0)
  const field = root.appendChild(document.createElement('input'))
  field.focus()
  const entered: string[] = []
  field.addEventListener('keydown', (event) => {
    if (event.ctrlKey) return
    if (event.key.length === 1) field.setRangeText(event.key, field.selectionStart ?? 0, field.selectionEnd ?? 0, 'end')
    else entered.push(event.key)
  })
  const key = (name: string): void => {
    field.dispatchEvent(keydown({ key: name }))
  }
  return {
    root,
    scans,
    heard,
    off,
    field,
    entered,
    key,
    say: (text: string) => {
      hear({ device: 'reader', text, at: '2026-11-21T10:00:00.000Z' })
    },
  }
}

describe('scans in the window', () => {
  let on: ReturnType<typeof desk>
  beforeEach(() => {
    at += 1_000
    on = desk()
  })
  afterEach(() => {
    on.off()
  })

  it('the control characters at the end of a line reach nothing, as chords or as a second Enter', async () => {
    const line = 'L898902C36UTO7408122F1204159ZE184226B<<<<<10'
    const chord = (code: string, key: string): boolean => on.field.dispatchEvent(keydown({ code, key, ctrlKey: true }))
    for (const key of ['P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<', line]) {
      for (const one of key) on.key(one)
      expect(chord('KeyC', 'c')).toBe(false)
      expect(chord('KeyJ', 'j')).toBe(false)
      on.key('Enter')
    }
    expect(on.heard).toMatchObject([{ kind: 'mrz' }])
    expect([on.field.value, on.entered]).toEqual(['', []])
    at += 50
    // Of fingers they are what they are.
    expect(chord('KeyC', 'c')).toBe(true)
    on.key('Enter')
    expect(on.entered).toEqual(['Enter'])
  })

  it('come from readers of the worker', () => {
    on.say(td3.join('\n'))
    expect(on.heard).toMatchObject([{ kind: 'mrz', mrz: { format: 'TD3' } }])
  })

  it('come from keyboard wedges, line by line, and leave nothing in the field', () => {
    on.field.value = 'Beni'
    on.field.setSelectionRange(4, 4)
    const told = vi.fn()
    on.field.addEventListener('input', told)
    for (const name of [...td3[0], 'Enter', ...td3[1], 'Enter']) on.key(name)
    expect(on.heard).toMatchObject([{ kind: 'mrz', mrz: { documentNumber: { value: 'L898902C3' } } }])
    expect([on.field.value, on.entered]).toEqual(['Beni', []])
    expect(told).toHaveBeenCalled()
  })

  it('of no meaning here stay in the field', () => {
    for (const name of [...'6111035000123', 'Enter']) on.key(name)
    expect([on.heard, on.field.value, on.entered]).toEqual([[], '6111035000123', ['Enter']])
  })

  it('are offered to who listened last, then to the one before', () => {
    const taken: string[] = []
    const off = on.scans.listen((scanned) => scanned.kind === 'seal' && taken.push(scanned.seal) > 0)
    on.say('GU1:ABC')
    on.say('hello')
    off()
    on.say('GU1:DEF')
    expect(taken).toEqual(['GU1:ABC'])
    expect(on.heard).toEqual([
      { kind: 'other', text: 'hello' },
      { kind: 'seal', seal: 'GU1:DEF' },
    ])
  })

  it('keys of fingers that roll come into the field after a moment', async () => {
    for (const name of 'abcd') on.key(name)
    expect(on.field.value).toBe('ab')
    await vi.waitFor(() => {
      expect(on.field.value).toBe('abcd')
    })
  })

  it('keys that follow the one that brought up a field are typed into that field, and a scan that did so leaves it as it was', () => {
    const other = document.createElement('input')
    on.field.addEventListener(
      'keydown',
      () => {
        other.focus()
      },
      { once: true },
    )
    on.field.after(other)
    other.addEventListener('keydown', (event) => {
      if (event.key.length === 1) other.value += event.key
    })
    on.key('s')
    const key = (name: string): void => {
      other.dispatchEvent(keydown({ key: name }))
    }
    for (const name of [...'1234', 'Enter']) key(name)
    expect(other.value).toBe('1234')

    other.value = 'kept'
    on.field.addEventListener(
      'keydown',
      () => {
        other.focus()
      },
      { once: true },
    )
    on.field.focus()
    on.key('P')
    for (const name of [...td3[0].slice(1), 'Enter', ...td3[1], 'Enter']) key(name)
    expect([on.heard.length, other.value]).toEqual([1, 'kept'])
  })

  it('keys of fingers outside a field are pressed after a moment: a shortcut hears them, Space ticks', async () => {
    const heard: string[] = []
    const box = document.createElement('input')
    box.type = 'checkbox'
    on.field.replaceWith(box)
    box.focus()
    box.addEventListener('keydown', ({ key }) => heard.push(key))
    for (const key of ['a', 'b', 's', ' ']) box.dispatchEvent(keydown({ key }))
    expect([heard, box.checked]).toEqual([['a', 'b'], false])
    await vi.waitFor(() => {
      expect([heard, box.checked]).toEqual([['a', 'b', 's', ' '], true])
    })
  })

  it('keys of fingers that are pressed after a moment are still the keys of their place', async () => {
    on.field.remove()
    const pressed: string[] = []
    document.body.addEventListener('keydown', ({ key, code }) => pressed.push(`${key} ${code}`))
    const hands = [
      ['س', 'KeyS'],
      ['&', 'Digit1'],
      ['ى', 'KeyN'],
    ] as const
    for (const [key, code] of hands) on.root.dispatchEvent(keydown({ key, code }))
    await vi.waitFor(() => {
      expect(pressed).toEqual(hands.map(([key, code]) => `${key} ${code}`))
    })
  })

  it('keys of fingers that walk through boxes tick each of them, and the page has answered each before the next', async () => {
    const boxes = Array.from({ length: 4 }, () => Object.assign(document.createElement('input'), { type: 'checkbox' }))
    on.field.replaceWith(...boxes)
    const seen: string[] = []
    for (const [at, box] of boxes.entries())
      box.addEventListener('click', () => {
        void Promise.resolve().then(() => seen.push(String(at)))
      })
    boxes[3]?.addEventListener('keydown', ({ key }) => {
      if (key === 's') seen.push('s')
    })
    const press = (box: HTMLElement, key: string): void => {
      box.focus()
      if (box.dispatchEvent(keydown({ key })) && key === ' ') box.click()
    }
    for (const box of boxes) press(box, ' ')
    if (boxes[3] !== undefined) press(boxes[3], 's')
    await vi.waitFor(() => {
      expect([boxes.map((box) => box.checked), seen]).toEqual([
        [true, true, true, true],
        ['0', '1', '2', '3', 's'],
      ])
    })
  })

  it('never make a field longer than it may be', async () => {
    on.field.maxLength = 3
    for (const name of 'abcd') on.key(name)
    await vi.waitFor(() => {
      expect(on.field.value).toBe('abc')
    })
  })
})

describe('a scanned seal', () => {
  it('shows its deposit when it is genuine, the fault when it is not', async () => {
    const seal = shallowRef<string>(demoSeal)
    const { screen } = await mountIn(
      defineComponent({ setup: () => () => h(SealDialog, { seal: seal.value }) }),
      'typical',
    )
    await vi.waitFor(() => {
      expect(screen.text()).toMatch(/Cachet authentique.*2026\/RAB03-G2\/\d{6}/s)
    })
    seal.value = 'GU1:ABC'
    await vi.waitFor(() => {
      expect(screen.find('[data-code="seal.badSignature"]').exists()).toBe(true)
    })
    expect(screen.text()).not.toContain('Cachet authentique')
  })
})
