import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import { faultOf, type FaultCode } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { useSession } from './stores/session.ts'
import { useCommand, type Command } from './useCommand.ts'

const as = (login: string | undefined): void => {
  useSession().session =
    login === undefined
      ? undefined
      : { login, name: login, roles: ['agent'], language: 'fr', since: '2026-09-01T08:00:00.000Z' }
}
beforeEach(() => {
  setActivePinia(createPinia())
  as('agent')
})
const sent = async (command: Command, subject: string, answer: Result<unknown>): Promise<string> => {
  let id = ''
  await command.ask(subject, (commandId) => {
    id = commandId
    return Promise.resolve(answer)
  })
  return id
}
const lost = err(faultOf('call.cancelled'))

describe('the id of a command', () => {
  it.each(['call.cancelled', 'internal', 'devices.down', 'session.none', 'clock.behind'] as const)(
    'is the same after %s, until the act is done',
    async (code: FaultCode) => {
      const command = useCommand()
      const first = await sent(command, 'a', err(faultOf(code)))
      expect(await sent(command, 'a', lost)).toBe(first)
      expect(await sent(command, 'a', ok({}))).toBe(first)
      expect(await sent(command, 'a', ok({}))).not.toBe(first)
    },
  )

  it('is another one for another subject, also while the first is undecided', async () => {
    const command = useCommand()
    const [one, other] = [await sent(command, 'a', lost), await sent(command, 'b', lost)]
    expect(other).not.toBe(one)
    expect([await sent(command, 'a', lost), await sent(command, 'b', lost)]).toEqual([one, other])
  })

  it('is forgotten with its subject', async () => {
    const command = useCommand()
    const [one, other] = [await sent(command, 'a', lost), await sent(command, 'b', lost)]
    command.forget('a')
    expect(await sent(command, 'a', lost)).not.toBe(one)
    expect(await sent(command, 'b', lost)).toBe(other)
    command.forget()
    expect(await sent(command, 'b', lost)).not.toBe(other)
  })

  it('outlives a lock of the same person, and is never the next one’s', async () => {
    const command = useCommand()
    const first = await sent(command, 'a', lost)
    as(undefined)
    as('agent')
    expect(await sent(command, 'a', lost)).toBe(first)
    as(undefined)
    as('agent2')
    expect(await sent(command, 'a', lost)).not.toBe(first)
  })
})
