import { computed, shallowRef } from 'vue'
import type { Out } from '#shared/contract/calls.ts'
import type { LetterRegister } from '#shared/domain/mail/letter.ts'
import { guessColumns, linesOf, neededColumns, type OldColumn } from '#shared/domain/mail/oldRegister.ts'
import { codePage, type CodePage } from '#shared/ports/mailPress.ts'
import type { Fault } from '#shared/fault.ts'
import { useBridge } from '../../../core/bridge/index.ts'
import { newest } from '../../../core/newest.ts'
import { defineSessionStore } from '../../../core/stores/sessionStore.ts'
import { useCommand } from '../../../core/useCommand.ts'
import { useLetters } from '../letters.ts'

export type Columns = Partial<Record<OldColumn | 'register', number>>
/** Letters of the preview. */
const shown = 5

/** A register that was kept elsewhere, on its way beside ours: its file, what its columns are, and what comes of it. */
export const useTakeover = defineSessionStore('mailTakeover', () => {
  const bridge = useBridge()
  const letters = useLetters()
  const command = useCommand()
  const file = shallowRef<{ readonly name: string; readonly bytes: Uint8Array<ArrayBuffer> }>()
  const table = shallowRef<Out<'mail.table'>>()
  const columns = shallowRef<Columns>({})
  const register = shallowRef<LetterRegister>('arrival')
  const looked = shallowRef<Out<'mail.import'>>()
  const done = shallowRef<number>()
  const fault = shallowRef<Fault>()
  const [reading, taking] = [shallowRef(false), shallowRef(false)]

  const missing = computed(() => neededColumns.filter((column) => columns.value[column] === undefined))
  const read = computed(() => {
    if (table.value === undefined || missing.value.length > 0) return undefined
    const lines = linesOf(table.value.rows, { register: register.value, ...columns.value })
    return 'missing' in lines ? undefined : lines
  })
  const forget = (): void => {
    table.value = undefined
    looked.value = undefined
    done.value = undefined
    fault.value = undefined
  }
  const begin = newest()
  const open = async (name: string, bytes: Uint8Array<ArrayBuffer>, page?: CodePage): Promise<void> => {
    if (taking.value) return
    const isNewest = begin()
    forget()
    file.value = { name, bytes }
    reading.value = true
    const result = await bridge.call('mail.table', { bytes, page })
    // Another file, or another code page, was asked for meanwhile.
    if (!isNewest()) return
    reading.value = false
    if (!result.ok) {
      fault.value = result.fault
      return
    }
    table.value = result.value
    columns.value = guessColumns(result.value.rows[0] ?? [])
  }
  const ask = async (dryRun: boolean): Promise<Out<'mail.import'> | undefined> => {
    const [from, lines] = [table.value, read.value?.lines]
    if (from === undefined || lines === undefined || reading.value || taking.value) return undefined
    taking.value = true
    const asked = { lines, sha256: from.sha256, dryRun }
    const subject = `take over ${from.sha256} ${String(dryRun)} ${register.value} ${JSON.stringify(columns.value)}`
    const result = await command.ask(subject, (commandId) => bridge.call('mail.import', { commandId, ...asked }))
    taking.value = false
    fault.value = result.ok ? undefined : result.fault
    // What would come of other columns says nothing of those that stand there now.
    return result.ok && (!dryRun || lines === read.value?.lines) ? result.value : undefined
  }
  return {
    file,
    table,
    /** Of bytes that only a code page explains: the one that was guessed or chosen. */
    page: computed(() => codePage.safeParse(table.value?.encoding).data),
    columns,
    register,
    looked,
    done,
    fault,
    busy: computed(() => reading.value || taking.value),
    missing,
    read,
    preview: computed(() => read.value?.lines.slice(0, shown) ?? []),
    headings: computed(() => table.value?.rows[0] ?? []),
    open,
    /** The same bytes in another code page. */
    readAs: async (wanted: CodePage): Promise<void> => {
      if (file.value !== undefined) await open(file.value.name, file.value.bytes, wanted)
    },
    choose: (column: OldColumn | 'register', place: number | undefined): void => {
      const { [column]: _, ...others } = columns.value
      columns.value = place === undefined ? others : { ...others, [column]: place }
      looked.value = undefined
    },
    look: async (): Promise<void> => {
      looked.value = await ask(true)
    },
    take: async (): Promise<void> => {
      const taken = await ask(false)
      if (taken === undefined) return
      done.value = taken.taken
      void letters.load()
    },
    undo: async (): Promise<number | undefined> => {
      if (reading.value || taking.value) return undefined
      taking.value = true
      const result = await bridge.call('mail.undoImport', {})
      taking.value = false
      fault.value = result.ok ? undefined : result.fault
      if (!result.ok) return undefined
      forget()
      file.value = undefined
      void letters.load()
      return result.value.removed
    },
  }
})
