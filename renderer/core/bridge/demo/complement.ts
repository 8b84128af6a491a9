import type { Calls } from '#shared/contract/calls.ts'
import type { OwingView } from '#shared/contract/features/complement/calls.ts'
import type { DepositView } from '#shared/contract/features/intake/calls.ts'
import type { PrintJobView } from '#shared/contract/features/papers/calls.ts'
import type { Handlers } from '#shared/contract/wire.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { printerName } from './acts.ts'
import { demoId } from './ids.ts'
import { demoProcedures } from './procedures.ts'
import type { DemoState } from './shape.ts'

/** Complements of the synthetic day, by the rules of the worker. */
export function demoComplement(
  state: DemoState,
  print: (job: PrintJobView) => void,
): Pick<Handlers<Calls>, 'complement.find' | 'complement.issue'> {
  const owing = (number: string): Result<OwingView> => {
    const deposit = state.day.deposits.find((one) => one.number === number)
    if (deposit === undefined) return err(faultOf('request.unknown'))
    if (deposit.complemented === true) return err(faultOf('complement.made'))
    const sheet = demoProcedures.find(({ title }) => title.fr === deposit.procedure.fr)
    const missing = (sheet?.pieces ?? []).filter(({ label }) => deposit.missing?.some((one) => one.fr === label.fr))
    return missing.length === 0 ? err(faultOf('complement.notNeeded')) : ok({ deposit, missing })
  }
  return {
    'complement.find': ({ number }) => owing(number),
    'complement.issue': ({ number, pieces }) => {
      const found = owing(number)
      if (!found.ok) return found
      const left = found.value.missing.filter(({ code }) => !pieces.some((one) => one.code === code))
      const n = state.next++
      const deposit: DepositView = {
        ...found.value.deposit,
        receiptId: demoId.receipt(n),
        printJobId: demoId.job(n),
        complete: left.length === 0,
        missing: left.map(({ label }) => label),
        complemented: true,
      }
      const deposits = state.day.deposits.map((one) => (one.number === number ? deposit : one))
      state.day = { ...state.day, deposits }
      print({
        printJobId: demoId.job(n),
        paperId: deposit.receiptId,
        kind: 'receipt',
        number: deposit.number,
        rank: 1,
        medium: 'a5',
        printer: printerName,
        copy: 0,
        state: 'queued',
        reasons: [],
        message: '',
        queuedAt: new Date().toISOString(),
      })
      return ok(deposit)
    },
  }
}
