import { readTypedDate } from '#shared/domain/mail/typedDate.ts'
import type { TypedLetter } from '#shared/domain/mail/letter.ts'
import type { RegisterNumber } from '#shared/ids.ts'
import { ok } from '#shared/result.ts'
import { useBridge } from '../../../core/bridge/index.ts'
import { useCommand } from '../../../core/useCommand.ts'
import { useMailOffice } from '../office.ts'
import type { StackLetter } from './stackDocument.ts'

interface Shared {
  readonly put: (id: number, to: (one: StackLetter) => StackLetter) => void
  readonly typed: (letter: StackLetter) => TypedLetter
}

/** A letter of a stack takes its number, or stands beside the departure that it belongs to. */
export function useStackRegistering({ put, typed }: Shared) {
  const bridge = useBridge()
  const office = useMailOffice()
  const command = useCommand()
  const entered = (letter: StackLetter) => {
    const order = { letter: typed(letter), files: [{ sha256: letter.sha256, name: letter.name }] }
    return command.ask(`stack ${String(letter.id)}`, (commandId) =>
      bridge.call('mail.register', { commandId, ...order }),
    )
  }
  const joined = async ({ id, sha256, name, draft, returned, signedOn }: StackLetter, number: RegisterNumber) => {
    const order = { number, file: { sha256, name }, confidentiality: draft.level }
    const on = readTypedDate(signedOn, office.today)
    const result = await command.ask(`stack ${String(id)} ${number} ${signedOn}`, (commandId) =>
      returned?.is === 'posted' && on.kind === 'day'
        ? bridge.call('mail.acknowledge', { commandId, ...order, on: on.iso })
        : bridge.call('mail.addScan', { commandId, ...order }),
    )
    return result.ok ? ok({ letter: result.value, duplicates: [] }) : result
  }
  /** Whether it is in the register from now on; a fault stays with the letter. */
  return async (letter: StackLetter): Promise<boolean> => {
    const result = await (letter.joins === undefined ? entered(letter) : joined(letter, letter.joins))
    put(letter.id, (one) =>
      result.ok
        ? {
            ...one,
            fault: undefined,
            registered: { number: result.value.letter.number, duplicates: result.value.duplicates },
          }
        : { ...one, fault: result.fault },
    )
    return result.ok
  }
}
