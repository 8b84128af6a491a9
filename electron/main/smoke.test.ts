import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { watchSmoke } from './smoke.ts'

const printed = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
beforeEach(() => {
  vi.useFakeTimers()
  printed.mockClear()
})
afterEach(() => {
  vi.useRealTimers()
})

describe('watchSmoke', () => {
  it('is ready when every part is, and not before', () => {
    const leave = vi.fn()
    const smoke = watchSmoke({ app: '1' }, leave)
    smoke.up('window')
    smoke.up('register')
    expect(leave).not.toHaveBeenCalled()
    smoke.up('devices')
    expect(printed).toHaveBeenCalledWith('READY {"app":"1"}\n')
    expect(leave).toHaveBeenCalledWith(0)
  })

  it('names what is still missing when time is up', () => {
    const leave = vi.fn()
    watchSmoke({}, leave).up('window')
    vi.runAllTimers()
    expect(printed).toHaveBeenCalledWith('FAILED still missing: register, devices\n')
    expect(leave).toHaveBeenCalledWith(1)
  })

  it('fails at once when a part says so', () => {
    const leave = vi.fn()
    watchSmoke({}, leave).failed('register: register.corrupt')
    expect(leave).toHaveBeenCalledWith(1)
    vi.runAllTimers()
    expect(leave).toHaveBeenCalledTimes(1)
  })
})
