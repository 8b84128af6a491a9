import type { Calls } from '#shared/contract/calls.ts'
import type { DepositView } from '#shared/contract/features/intake/calls.ts'
import type { Handlers } from '#shared/contract/wire.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok } from '#shared/result.ts'
import { fold } from '#shared/text/fold.ts'
import type { DemoState } from './shape.ts'

const shown = 20

/** Deposits of the synthetic day, by number, its end, or whole words of a name. */
export const demoDepositCalls = (state: DemoState): Pick<Handlers<Calls>, 'deposit.find' | 'deposit.search'> => ({
  'deposit.find': ({ number }) => {
    const found = state.day.deposits.find((one) => one.number === number)
    return found === undefined ? err(faultOf('request.unknown')) : ok(found)
  },
  'deposit.search': ({ words }) => {
    const sought = fold(words).trim()
    const named = (one: DepositView): boolean =>
      sought.split(/\s+/u).every((word) => fold(one.citizen).split(/\s+/u).includes(word))
    const found = state.day.deposits.filter((one) => fold(one.number).endsWith(sought) || named(one))
    return ok({ deposits: found.slice(0, shown), more: found.length > shown })
  },
})
