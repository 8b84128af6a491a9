import { createPinia, setActivePinia } from 'pinia'
import { describe, expect, it } from 'vitest'
import { nextTick, shallowRef } from 'vue'
import { faultOf, type Fault } from '#shared/fault.ts'
import { useWitness } from './witness.ts'

setActivePinia(createPinia())

describe('a decision of two', () => {
  it('is taken when all of it is there, and says what is missing before', () => {
    const witness = useWitness(() => undefined)
    expect(witness.take()).toBeUndefined()
    expect(witness.missing.value).toEqual({ reason: true, login: true, password: true, pin: false })
    witness.reason.value = ' deux fois '
    witness.login.value = ' chef '
    expect(witness.take()).toBeUndefined()
    expect(witness.tries.value).toBe(2)
    witness.password.value = 'secret '
    expect(witness.take()).toEqual({ reason: 'deux fois', second: { login: 'chef', password: 'secret ' } })
    expect(witness.tries.value).toBe(0)
  })

  it('forgets a password that was refused, keeps it while the PIN is asked for, and asks for that then', async () => {
    const fault = shallowRef<Fault>()
    const witness = useWitness(() => fault.value)
    witness.reason.value = 'deux fois'
    witness.login.value = 'chef'
    witness.password.value = 'secret'
    fault.value = faultOf('session.pinNeeded')
    await nextTick()
    expect(witness.password.value).toBe('secret')
    expect(witness.take()).toBeUndefined()
    witness.pin.value = '1234'
    expect(witness.take()?.second.pin).toEqual(new TextEncoder().encode('1234'))
    expect(witness.pin.value).toBe('')
    fault.value = faultOf('session.badCredentials')
    await nextTick()
    expect(witness.password.value).toBe('')
    witness.clear()
    expect([witness.reason.value, witness.login.value, witness.asksPin.value]).toEqual(['', '', false])
  })
})
