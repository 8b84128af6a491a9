import type { Calls } from '#shared/contract/calls.ts'
import type { DepositView, IdentityView } from '#shared/contract/features/intake/calls.ts'
import type { PrintJobView } from '#shared/contract/features/papers/calls.ts'
import type { Handlers } from '#shared/contract/wire.ts'
import type { Procedure } from '#shared/domain/request/procedure.ts'
import type { RequestDraft } from '#shared/domain/request/request.ts'
import type { ReceiptFacts } from '#shared/domain/receipt/receipt.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok } from '#shared/result.ts'
import { printerName } from './acts.ts'
import { demoAccountActs } from './accounts.ts'
import { demoCatalogue } from './catalogue.ts'
import { demoComplement } from './complement.ts'
import { demoCorrections } from './corrections.ts'
import { demoDraftCalls } from './drafts.ts'
import { demoDepositCalls } from './deposits.ts'
import { demoEntry } from './entry.ts'
import { demoId } from './ids.ts'
import { demoJournal } from './journal.ts'
import { demoCitizens, demoPurpose } from './people.ts'
import { demoPersonalData, demoPurposes } from './personalData.ts'
import { demoProcedures } from './procedures.ts'
import { demoClaims, demoSeal } from './seal.ts'
import { receiptOf } from './receiptOf.ts'
import type { DemoState, Emit } from './shape.ts'
import { demoSite } from './site.ts'
import { demoTrust } from './trust.ts'

/** Answers the calls of the contract from a synthetic state, by the rules of the domain, and tells what changed. */
export function demoHandlers(state: DemoState, emit: Emit) {
  let parted: IdentityView | undefined
  let typed = 8
  const tellCard = (): void => {
    emit('card', { card: state.card, ...(state.citizen === undefined ? {} : { citizen: state.citizen }) })
  }
  const setJob = (job: PrintJobView): void => {
    state.jobs = [job, ...state.jobs.filter((one) => one.printJobId !== job.printJobId)]
    emit('print', job)
  }
  const later = (ms: number, run: () => void): void => {
    setTimeout(run, ms)
  }
  const print = (job: PrintJobView): void => {
    setJob(job)
    later(500, () => {
      setJob({ ...job, state: 'printing' })
    })
    later(1800, () => {
      const reasons =
        state.paper === 'blocked'
          ? ['media-empty', 'media-needed']
          : state.paper === 'failed'
            ? ['job-canceled-at-device']
            : []
      setJob({
        ...job,
        state: state.paper,
        reasons,
        ...(state.paper === 'printed' || state.paper === 'failed' ? { endedAt: new Date().toISOString() } : {}),
      })
    })
  }
  const readCard = (): void => {
    const reader = 'ACS ACR39U ICC Reader 00 00'
    state.card = { state: 'reading', reader, step: 'identity', done: 2, total: 7 }
    tellCard()
    later(400, () => {
      state.card = { state: 'reading', reader, step: 'photo', done: 5, total: 7 }
      state.citizen = demoCitizens(new Date()).native
      tellCard()
    })
    later(900, () => {
      state.card = { state: 'done', reader }
      tellCard()
    })
  }
  const sheetOf = (draft: RequestDraft): Procedure | undefined =>
    demoProcedures.find((one) => one.code === draft.procedure)
  const factsOf = (draft: RequestDraft, sheet: Procedure): ReceiptFacts => receiptOf(state, draft, sheet)
  const attachment = { sha256: demoId.sha(7), mime: 'application/pdf', size: 184_320 }

  return {
    'app.state': () => ok(state.app),
    ...demoEntry(state, emit),
    ...demoDepositCalls(state),
    'home.day': () => ok(state.day),
    'card.state': () => ok({ card: state.card, ...(state.citizen === undefined ? {} : { citizen: state.citizen }) }),
    'card.read': ({ access }) => {
      if (access === undefined || access.can === '123456' || access.mrz !== undefined) readCard()
      else {
        state.card = { state: 'failed', reader: 'ACS ACR39U ICC Reader 00 00', fault: faultOf('card.accessRefused') }
        tellCard()
      }
      return ok({})
    },
    'card.signState': () =>
      state.citizen?.source.kind === 'card'
        ? ok({
            reader: state.citizen.source.reader,
            simulated: state.app.training,
            pinpad: state.pinpad,
            tries: state.pinTries,
          })
        : err(faultOf('card.cannotSign')),
    'card.sign': ({ pin }) => {
      if (pin !== undefined && new TextDecoder().decode(pin) !== '1234') {
        state.pinTries = Math.max(0, state.pinTries - 1)
        return err(
          state.pinTries === 0
            ? faultOf('card.pinBlocked')
            : faultOf('card.pinWrong', undefined, { tries: state.pinTries }),
        )
      }
      state.pinTries = 3
      return ok({
        statement: demoId.sha(12),
        signer: `${state.citizen?.identity.givenNames ?? ''} ${state.citizen?.identity.familyName ?? ''}`.trim(),
        chain: 'trusted',
      })
    },
    'training.insertCard': () => {
      readCard()
      return ok({})
    },
    'training.removeCard': () => {
      state.card = { state: 'removed', reader: 'ACS ACR39U ICC Reader 00 00', simulated: true }
      tellCard()
      return ok({})
    },
    'training.agentCard': ({ inserted }) => {
      state.agentCard = inserted ? { state: 'known', login: 'agent', strength: 'chip' } : { state: 'none' }
      emit('agentCard', state.agentCard)
      return ok({})
    },
    ...demoAccountActs(state),
    ...demoTrust(state),
    'identity.type': ({ identity, reason, note }) => {
      state.citizen = {
        identityId: demoId.identity((typed += 1)),
        identity,
        source: { kind: 'typed', reason, ...(note === undefined ? {} : { note }) },
        readAt: new Date().toISOString(),
        cardPresent: false,
        purpose: demoPurpose,
        checks: { identity: 'notChecked', address: 'notChecked', photo: 'notChecked', chain: 'notChecked' },
      }
      tellCard()
      return ok(state.citizen)
    },
    'identity.purpose': ({ purpose }) => {
      const offered = demoPurposes
      const chosen = offered.find((one) => one.purpose === purpose) ?? state.citizen?.purpose ?? demoPurpose
      if (state.citizen !== undefined && purpose !== undefined) {
        state.citizen = { ...state.citizen, purpose: chosen }
        tellCard()
      }
      return ok({ chosen, offered: [...offered] })
    },
    'citizen.deposits': () =>
      ok({ deposits: state.citizen?.source.kind === 'card' ? state.day.deposits.slice(2, 5) : [] }),
    'identity.release': ({ identityId }) => {
      if (state.citizen?.identityId === identityId) {
        parted = state.citizen
        state.citizen = undefined
        tellCard()
      }
      return ok({})
    },
    'identity.takeBack': ({ identityId }) => {
      if (state.citizen !== undefined || parted?.identityId !== identityId) return err(faultOf('identity.gone'))
      state.citizen = parted
      tellCard()
      return ok(parted)
    },
    ...demoPersonalData(state),
    ...demoCatalogue,
    ...demoDraftCalls(state),
    'attachment.add': ({ bytes }) =>
      bytes.byteLength === 0 ? err(faultOf('attachment.unreadable')) : ok({ ...attachment, size: bytes.byteLength }),
    'attachment.scan': () => ok(attachment),
    'receipt.preview': ({ draft }) => {
      const sheet = sheetOf(draft)
      return sheet === undefined || state.citizen === undefined
        ? err(faultOf('procedure.unknown'))
        : ok(factsOf(draft, sheet))
    },
    'receipt.issue': ({ draft, draftId, signed }) => {
      const sheet = sheetOf(draft)
      if (sheet === undefined || state.citizen === undefined) return err(faultOf('identity.gone'))
      const facts = factsOf(draft, sheet)
      const n = state.next++
      const number = demoId.number(new Date().getUTCFullYear(), n)
      const deposit: DepositView = {
        requestId: demoId.request(n),
        receiptId: demoId.receipt(n),
        number,
        printJobId: demoId.job(n),
        depositedAt: facts.depositedAt,
        procedure: sheet.title,
        citizen: `${facts.citizen.familyName} ${facts.citizen.givenNames}`,
        complete: facts.complete,
        lastDay: facts.decision?.lastDay ?? facts.completion?.lastDay ?? state.day.day,
        ...(facts.complete
          ? {}
          : { missing: facts.pieces.filter((one) => one.state === 'missing').map((one) => one.label) }),
        ...(signed === undefined ? {} : { signed: 'trusted' as const }),
      }
      state.day = { ...state.day, served: state.day.served + 1, deposits: [deposit, ...state.day.deposits] }
      if (draftId !== undefined) state.drafts.delete(draftId)
      print({
        printJobId: demoId.job(n),
        paperId: deposit.receiptId,
        kind: 'receipt',
        number,
        rank: 0,
        medium: 'a5',
        printer: printerName,
        copy: 0,
        state: 'queued',
        reasons: [],
        message: '',
        queuedAt: facts.depositedAt,
      })
      state.sync = { ...state.sync, pending: state.sync.pending + 1 }
      emit('sync', state.sync)
      return ok(deposit)
    },
    'receipt.pdf': () => err(faultOf('receipt.notReady')),
    // Nobody signs with a card in the demonstration.
    'receipt.signature': () => err(faultOf('request.unknown')),
    'receipt.check': ({ seal }) => {
      const [deposit] = state.day.deposits
      return seal === demoSeal && deposit !== undefined
        ? ok({ claims: demoClaims(deposit), deposit })
        : err(faultOf('seal.badSignature'))
    },
    'receipt.reprint': ({ receiptId }) => {
      const first = state.jobs.find((job) => job.paperId === receiptId)
      if (first === undefined) return err(faultOf('receipt.unknown'))
      const job: PrintJobView = {
        ...first,
        printJobId: demoId.job(900 + state.next++),
        copy: first.copy + 1,
        state: 'queued',
        reasons: [],
        queuedAt: new Date().toISOString(),
      }
      print(job)
      return ok(job)
    },
    'print.list': () => ok({ jobs: state.jobs }),
    'print.resolve': ({ printJobId, cameOut }) => {
      const job = state.jobs.find((one) => one.printJobId === printJobId)
      if (job === undefined) return err(faultOf('receipt.unknown'))
      const resolved: PrintJobView = {
        ...job,
        state: cameOut ? 'printed' : 'failed',
        endedAt: new Date().toISOString(),
      }
      setJob(resolved)
      return ok(resolved)
    },
    'print.again': ({ printJobId }) => {
      const job = state.jobs.find((one) => one.printJobId === printJobId)
      if (job === undefined) return err(faultOf('receipt.unknown'))
      const { endedAt: _, ...open } = job
      const again: PrintJobView = { ...open, state: 'queued', reasons: [] }
      print(again)
      return ok(again)
    },
    'printer.list': () => ok({ printers: state.printers, chosen: state.chosen }),
    'printer.choose': ({ medium, printer }) => {
      state.chosen = { ...state.chosen, [medium]: printer }
      return ok({})
    },
    ...demoSite(state, emit),
    ...demoJournal(
      state,
      (progress) => {
        emit('journal', progress)
      },
      () => {
        const [job] = state.jobs
        if (job !== undefined) emit('print', job)
      },
      state.sync.refused > 0,
    ),
    ...demoComplement(state, print),
    ...demoCorrections(state, () => {
      emit('sync', state.sync)
      emit('outbox', { pending: state.sync.pending })
    }),
  } satisfies Partial<Handlers<Calls>>
}
