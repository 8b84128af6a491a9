import { computed, shallowRef, watch } from 'vue'
import type { DepositView, IdentityView } from '#shared/contract/features/intake/calls.ts'
import type { ReceiptFacts } from '#shared/domain/receipt/receipt.ts'
import type { Fault } from '#shared/fault.ts'
import { usePrint } from '../../../core/stores/print.ts'
import { useCommand } from '../../../core/useCommand.ts'
import { useBridge } from '../../../core/bridge/index.ts'
import { latestOnly } from '../latestOnly.ts'
import { doubtsOf } from '../request/doubts.ts'
import { obstacleTo } from '../request/draft.ts'
import { useCitizen } from './citizen.ts'
import { useRequest } from './request.ts'
import { useSignature } from './signature.ts'
import { defineSessionStore } from '../../../core/stores/sessionStore.ts'

/** A card read again is a new identity of the same person: what was asked for is the same receipt. */
const personOf = ({ identity }: IdentityView): string =>
  JSON.stringify([identity.familyName, identity.givenNames, identity.documentNumber, identity.nationalNumber])

/** The receipt: what it will say, the act of issuing it, and its paper. */
export const useReceipt = defineSessionStore('counter.receipt', () => {
  const bridge = useBridge()
  const request = useRequest()
  const desk = useCitizen()
  const print = usePrint()
  const signature = useSignature()
  const preview = shallowRef<ReceiptFacts>()
  const deposit = shallowRef<DepositView>()
  /** The receipt before this one: its paper may still be on its way. */
  const previous = shallowRef<DepositView>()
  const issuing = shallowRef(false)
  const fault = shallowRef<Fault>()
  const paperFault = shallowRef<Fault>()
  const command = useCommand()

  const draw = latestOnly(async (now: { identityId: string; draft: NonNullable<typeof request.draft> } | undefined) => {
    if (now === undefined) {
      preview.value = undefined
      return
    }
    const result = await bridge.call('receipt.preview', now)
    if (result.ok && desk.citizen?.identityId === now.identityId) preview.value = result.value
  })
  watch(
    () => [desk.citizen, request.draft, deposit.value] as const,
    ([citizen, draft, issued]) => {
      if (issued === undefined)
        void draw(citizen === undefined || draft === undefined ? undefined : { identityId: citizen.identityId, draft })
    },
    { immediate: true },
  )

  const doubts = computed(() =>
    request.sheet === undefined || request.draft === undefined
      ? []
      : doubtsOf(request.sheet, request.draft, desk.citizen, new Date().toISOString().slice(0, 10)),
  )
  const obstacle = computed(
    () =>
      obstacleTo(request.draft, desk.citizen !== undefined) ?? (request.busyPiece === undefined ? undefined : 'file'),
  )
  const issue = async (): Promise<void> => {
    const [citizen, draft, draftId] = [desk.citizen, request.draft, request.draftId]
    if (
      citizen === undefined ||
      draft === undefined ||
      obstacle.value !== undefined ||
      issuing.value ||
      deposit.value !== undefined
    )
      return
    issuing.value = true
    request.dropChoice()
    await request.settled()
    const signed = signature.signed?.statement
    const result = await command.ask(personOf(citizen), (commandId) =>
      bridge.call('receipt.issue', {
        commandId,
        identityId: citizen.identityId,
        draft,
        draftId,
        ...(signed === undefined ? {} : { signed }),
      }),
    )
    issuing.value = false
    fault.value = result.ok ? undefined : result.fault
    if (result.ok) {
      request.dropChoice()
      deposit.value = result.value
      desk.forgetTyped()
      void request.listBegun()
      // Somebody else has come meanwhile: what is on screen may be his already.
      if (desk.citizen !== undefined && desk.citizen.identityId !== citizen.identityId) {
        turn()
        if (request.draftId === draftId) request.clear()
      }
    }
    // Let it be signed again, or deposited without.
    else if (result.fault.code === 'signature.outdated') signature.drop()
  }
  const turn = (): void => {
    previous.value = deposit.value ?? previous.value
    deposit.value = undefined
    preview.value = undefined
    fault.value = undefined
    paperFault.value = undefined
    command.forget()
  }
  const moveOn = (): void => {
    turn()
    request.clear()
  }
  // The next card moves the desk on by itself once the receipt of the citizen before is issued, wherever the agent
  // looks.
  watch(
    () => desk.citizen?.identityId,
    (now) => {
      if (now !== undefined && deposit.value !== undefined) moveOn()
    },
  )
  const jobsOf = (of: DepositView | undefined) =>
    of === undefined ? [] : print.jobs.filter((job) => job.paperId === of.receiptId)
  const paper = async (asked: ReturnType<typeof bridge.call<'print.resolve' | 'print.again'>>): Promise<boolean> => {
    const result = await asked
    paperFault.value = result.ok ? undefined : result.fault
    if (result.ok) print.put(result.value)
    return result.ok
  }

  return {
    deposit,
    previous,
    issuing,
    fault,
    paperFault,
    obstacle,
    doubts,
    issue,
    /** What the paper says: the preview, and after the deposit the same with its number and its instant. */
    facts: computed(() => {
      const [shown, issued] = [preview.value, deposit.value]
      if (shown === undefined || issued === undefined) return shown
      return {
        ...shown,
        number: issued.number,
        depositedAt: issued.depositedAt,
        requestId: issued.requestId,
        receiptId: issued.receiptId,
      }
    }),
    /** The newest paper of a deposit: the original, or the last duplicate. */
    job: computed(() => jobsOf(deposit.value)[0]),
    previousJob: computed(() => jobsOf(previous.value)[0]),
    copies: computed(() => Math.max(0, ...jobsOf(deposit.value).map((job) => job.copy))),
    resolve: async (printJobId: string, cameOut: boolean): Promise<boolean> =>
      paper(bridge.call('print.resolve', { printJobId, cameOut })),
    /** A paper that never came out is sent once more. */
    again: async (printJobId: string): Promise<boolean> => paper(bridge.call('print.again', { printJobId })),
    pdf: async (): Promise<Uint8Array | undefined> => {
      if (deposit.value === undefined) return undefined
      const result = await bridge.call('receipt.pdf', { receiptId: deposit.value.receiptId })
      paperFault.value = result.ok ? undefined : result.fault
      return result.ok ? result.value.pdf : undefined
    },
    /** Clears the desk for the next citizen; the number stays in sight as the previous one. */
    turn,
    /**
     * The same with the request and the citizen, also one who is still being typed; what takes all of it back, where
     * nothing was deposited of it.
     */
    next: async (): Promise<(() => void) | undefined> => {
      if (issuing.value) return undefined
      const deposited = deposit.value !== undefined
      const something = request.worked || desk.citizen !== undefined || desk.typed
      turn()
      const released = desk.release()
      // A deposit has taken its draft with it.
      const draftBack = deposited ? request.clear() : await request.setAside()
      const citizenBack = await released
      if (deposited || !something) return undefined
      return () => void citizenBack().then(draftBack ?? undefined)
    },
  }
})
