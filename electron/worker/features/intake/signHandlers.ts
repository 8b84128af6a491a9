import type { Calls } from '#shared/contract/calls.ts'
import type { Handlers } from '#shared/contract/wire.ts'
import { faultOf } from '#shared/fault.ts'
import { err } from '#shared/result.ts'
import type { WorkerParts } from '../../core/workerOptions.ts'
import type { CitizenDesk } from '../../core/desk/citizen.ts'
import type { Context, SignedIn } from '../../core/context.ts'
import { signDeposit } from './signDeposit.ts'

interface Answering {
  readonly parts: Pick<WorkerParts, 'devices' | 'training'>
  readonly context: Context
  readonly desk: CitizenDesk
  readonly who: () => SignedIn
}

/** The calls by which the citizen signs. */
export function createSignHandlers({
  parts,
  context,
  desk,
  who,
}: Answering): Pick<Handlers<Calls>, 'card.signState' | 'card.sign'> {
  const { cards } = parts.devices
  return {
    'card.signState': (_, signal) => {
      const source = desk.citizen()?.source
      return source?.kind === 'card'
        ? cards.signState({ reader: source.reader, signal })
        : err(faultOf('card.cannotSign', 'identity'))
    },
    'card.sign': async ({ identityId, draft, pin }, signal) => {
      const citizen = desk.citizen()
      if (citizen?.identityId === identityId)
        return signDeposit(context, cards, desk, { citizen, draft, who: who(), training: parts.training, pin, signal })
      pin?.fill(0)
      return err(faultOf('identity.gone'))
    },
  }
}
