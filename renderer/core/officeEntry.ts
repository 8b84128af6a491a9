import { shallowReactive } from 'vue'
import { officeFileLimit, type OfficeHandedOver } from '#shared/contract/officeFile.ts'
import { groupsOf, plainCode } from '#shared/domain/enrolment.ts'
import { faultOf, type Fault } from '#shared/fault.ts'

/** Letters of a fingerprint on paper: eight groups of four. */
export const printLetters = 32

/** What is missing before anything can be asked. */
export type OfficeGap = 'file' | 'fingerprint'

/** What the platform's operator handed over, as far as it was given here, and what came of it. */
export interface OfficeEntry {
  /** Read when it was chosen: the stick may leave afterwards. */
  readonly file: { readonly name: string; readonly bytes: OfficeHandedOver['file'] } | undefined
  readonly fingerprint: string
  /** How many letters of the fingerprint were typed, gaps left out. */
  readonly letters: number
  readonly gap: OfficeGap | undefined
  /** It was tried: what is missing is said from then on. */
  readonly tried: boolean
  readonly busy: boolean
  readonly fault: Fault | undefined
  /** Counts what came to nothing, so that the screen knows when to lead the person back. */
  readonly refusals: number
  readonly choose: (file: File) => Promise<void>
  readonly type: (fingerprint: string) => void
  /** Shows the fingerprint as it stands on paper. */
  readonly tidy: () => void
  /** Asks once, however often it is pressed meanwhile. */
  readonly submit: () => Promise<void>
}

/**
 * The entry of an office file and its fingerprint. `take` asks the counter and answers what kept it from taking the
 * file in, or nothing.
 */
export function useOfficeEntry(take: (handed: OfficeHandedOver) => Promise<Fault | undefined>): OfficeEntry {
  const refuse = (fault: Fault | undefined): void => {
    entry.fault = fault
    entry.refusals += 1
  }
  const entry = shallowReactive({
    file: undefined as OfficeEntry['file'],
    fingerprint: '',
    tried: false,
    busy: false,
    fault: undefined as Fault | undefined,
    refusals: 0,
    get letters(): number {
      return plainCode(this.fingerprint).length
    },
    get gap(): OfficeGap | undefined {
      if (this.file === undefined) return 'file'
      return this.letters === printLetters ? undefined : 'fingerprint'
    },
    choose: async (file: File): Promise<void> => {
      entry.fault = undefined
      entry.file = undefined
      if (file.size > officeFileLimit) {
        refuse(faultOf('office.notOffice'))
        return
      }
      const bytes = await file.arrayBuffer().catch(() => undefined)
      if (bytes === undefined) refuse(faultOf('file.unreadable'))
      else entry.file = { name: file.name, bytes: new Uint8Array(bytes) }
    },
    type: (fingerprint: string): void => {
      entry.fingerprint = fingerprint
    },
    tidy: (): void => {
      entry.fingerprint = groupsOf(plainCode(entry.fingerprint)).join('-')
    },
    submit: async (): Promise<void> => {
      if (entry.busy) return
      entry.tried = true
      entry.tidy()
      const { file, fingerprint, gap } = entry
      if (file === undefined || gap !== undefined) {
        refuse(undefined)
        return
      }
      entry.busy = true
      const fault = await take({ file: file.bytes, fingerprint })
      entry.busy = false
      if (fault === undefined) entry.fault = undefined
      else refuse(fault)
    },
  })
  return entry
}
