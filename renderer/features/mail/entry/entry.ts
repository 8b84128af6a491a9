import { computed, shallowRef, watch } from 'vue'
import type { LetterLine, LetterView, ReferenceView } from '#shared/contract/features/mail/views.ts'
import { letterRegisters, type Correspondent } from '#shared/domain/mail/letter.ts'
import type { Fault } from '#shared/fault.ts'
import type { RegisterNumber, Sha256 } from '#shared/ids.ts'
import { useBridge } from '../../../core/bridge/index.ts'
import { saveFile } from '../../../core/saveFile.ts'
import { useApp } from '../../../core/stores/app.ts'
import { defineSessionStore } from '../../../core/stores/sessionStore.ts'
import { useCommand } from '../../../core/useCommand.ts'
import { useLookup } from '../../../core/useLookup.ts'
import { useMailOffice } from '../office.ts'
import {
  arrivalOf,
  blankDraft,
  draftAfter,
  letterOf,
  problemsOf,
  replyTo,
  withRepeated,
  type EntryDraft,
  type Problems,
} from './draft.ts'
import { useReferences } from './references.ts'

/** A letter that was registered in this sitting, and the letters that it is like. */
export interface Registered {
  readonly letter: LetterView
  readonly duplicates: readonly RegisterNumber[]
}
/** What the field of a sender works on: a letter that is being entered, here or from a stack. */
export interface SenderDesk {
  readonly draft: EntryDraft
  readonly set: (to: Partial<EntryDraft>) => void
  readonly settle: (wait: Promise<void>) => void
  readonly findSenders: (
    words: string,
  ) => Promise<readonly (Correspondent & { readonly known: boolean; readonly letters: number })[]>
  readonly addSender: (body: Correspondent) => Promise<boolean>
}
interface AddedFile {
  readonly sha256: Sha256
  readonly name: string
}
/** What a filled model is, by the end of its name. */
const mimeOf = (name: string): string =>
  name.endsWith('.pdf') ? 'application/pdf' : 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
/** A letter that is shown in this sitting's list; more are in the register. */
const mostShown = 30

/** The letter that is being typed, and those that were registered before it. It outlives a look elsewhere, not a sign-out. */
export const useEntry = defineSessionStore('mailEntry', () => {
  const bridge = useBridge()
  const office = useMailOffice()
  const app = useApp()
  const command = useCommand()
  const references = useReferences()
  const draft = shallowRef<EntryDraft>(blankDraft())
  const last = shallowRef<EntryDraft>()
  const files = shallowRef<readonly AddedFile[]>([])
  const sitting = shallowRef<readonly Registered[]>([])
  const count = shallowRef(0)
  const bulk = shallowRef(false)
  const busy = shallowRef(false)
  const tried = shallowRef(false)
  const fault = shallowRef<Fault>()
  const likes = shallowRef<readonly LetterLine[]>([])
  /** What answers to a sender that is still looked for; registering waits for it. */
  let settling: Promise<void> | undefined
  /** The last file that is on its way into the register, and whether all that came with it were taken. */
  let adding: Promise<boolean> | undefined
  /** Which letter it is: what was asked for one is nothing to the next. */
  let begun = 0
  /** What the next letter begins with, after one that waited at the digital mail office. */
  let digital: EntryDraft | undefined

  const set = (to: Partial<EntryDraft>): void => {
    draft.value = { ...draft.value, ...to }
  }
  const house = computed((): Correspondent => {
    const { office: name } = app.state ?? {}
    return name === undefined ? { name: '—' } : { name: name.fr, nameAr: name.ar }
  })
  const problems = computed((): Problems =>
    office.settings === undefined ? {} : problemsOf(draft.value, office.settings),
  )
  const letter = () => letterOf(draft.value, office.today, house.value)

  // A letter like this one is looked for as soon as there is something to know it by; it never holds anything up.
  const likeness = computed(() => {
    const { register, party, reference, subject, letterDate } = draft.value
    return party.trim() === '' || (reference.trim() === '' && subject.trim() === '')
      ? ''
      : JSON.stringify([register, party, reference, subject, letterDate])
  })
  const lookup = useLookup(
    async (key) => {
      if (key === '' || problems.value.letterDate !== undefined) return []
      const asked = { ...letter(), subject: draft.value.subject.trim() || '-' }
      const result = await bridge.call('mail.like', { letter: asked, files: [...files.value] })
      return result.ok ? result.value.lines : []
    },
    (lines) => {
      likes.value = lines ?? []
    },
  )
  watch(likeness, lookup.typed)

  const restart = (next: EntryDraft): void => {
    begun += 1
    digital = undefined
    draft.value = next
    files.value = []
    likes.value = []
    tried.value = false
    fault.value = undefined
  }
  const add = async (file: File, before: Promise<boolean> | undefined): Promise<boolean> => {
    const letter = begun
    const result = await bridge.call('mail.addFile', { bytes: new Uint8Array(await file.arrayBuffer()) })
    const taken = (await before) !== false && result.ok
    if (letter !== begun) return taken
    fault.value = result.ok ? undefined : result.fault
    if (result.ok) files.value = [...files.value, { sha256: result.value.sha256, name: file.name }]
    return taken
  }
  const submit = async (): Promise<boolean> => {
    await settling
    // A letter is not registered without the file that was just given to it.
    if ((await adding) === false) return false
    tried.value = true
    if (busy.value || office.settings === undefined || Object.keys(problems.value).length > 0) return false
    busy.value = true
    // What was being entered goes on after one that came from elsewhere.
    const next = digital ?? draftAfter(draft.value, bulk.value)
    const order = { letter: letter(), files: [...files.value] }
    const result = await command.ask(`register ${String(count.value)}`, (commandId) =>
      bridge.call('mail.register', { commandId, ...order }),
    )
    busy.value = false
    fault.value = result.ok ? undefined : result.fault
    if (!result.ok) return false
    count.value += 1
    sitting.value = [result.value, ...sitting.value].slice(0, mostShown)
    last.value = draft.value
    restart(next)
    void office.load()
    void references.load()
    return true
  }
  return {
    draft,
    files,
    sitting,
    count,
    bulk,
    busy,
    tried,
    fault,
    likes,
    problems,
    set,
    submit,
    settle: (wait: Promise<void>): void => {
      settling = wait
    },
    repeat: (): void => {
      if (last.value !== undefined) draft.value = withRepeated(draft.value, last.value)
    },
    /** Arrivals, departures, internal mail, and again. */
    turn: (): void => {
      const at = letterRegisters.indexOf(draft.value.register)
      set({ register: letterRegisters[(at + 1) % letterRegisters.length] ?? 'arrival', inReplyTo: undefined })
    },
    /** A letter goes out that answers one that came in. */
    replyTo: (answered: LetterView): void => {
      restart(replyTo(answered))
    },
    /** What waits longest at the digital mail office is looked over, with its files; false where nothing waits. */
    openDigital: async (): Promise<boolean> => {
      const found = await bridge.call('mail.digital', {})
      fault.value = found.ok ? undefined : found.fault
      const [item] = found.ok ? found.value.items : []
      office.view = item === undefined && found.ok ? office.view : 'entry'
      if (item === undefined) return !found.ok
      const after = digital ?? draftAfter(draft.value, false)
      restart(arrivalOf(item))
      digital = after
      files.value = item.files.map(({ sha256, name }) => ({ sha256, name }))
      return true
    },
    /** A letter that was begun under a reference goes on. */
    goOnWith: async (reference: ReferenceView): Promise<void> => {
      const begun = await references.draftOf(reference)
      fault.value = begun.ok ? undefined : begun.fault
      if (begun.ok) restart(begun.value)
    },
    /** The next reference of the service that writes stands in the draft. */
    giveReference: async (): Promise<void> => {
      if (busy.value) return
      busy.value = true
      const { service, inReplyTo } = draft.value
      const given = await references.give(service, inReplyTo)
      busy.value = false
      fault.value = given.ok ? undefined : given.fault
      if (given.ok) set({ reference: given.value.text })
    },
    models: async (): Promise<readonly string[]> => {
      const result = await bridge.call('mail.models', {})
      return result.ok ? result.value.models : []
    },
    /** The letter as a document, to be gone on with in a word processor, or as a form that is filled. */
    fillModel: async (model: string): Promise<void> => {
      tried.value = true
      if (busy.value || Object.keys(problems.value).length > 0) return
      busy.value = true
      const made = await bridge.call('mail.fillModel', { model, letter: letter() })
      busy.value = false
      fault.value = made.ok ? undefined : made.fault
      if (made.ok) saveFile(made.value.name, made.value.bytes, mimeOf(made.value.name))
    },
    attach: async (file: File): Promise<void> => {
      const mine = add(file, adding)
      adding = mine
      await mine
      if (adding === mine) adding = undefined
    },
    /** A file of the letter that is being entered, to be looked at. */
    save: async ({ sha256, name }: AddedFile): Promise<void> => {
      const read = await bridge.call('mail.fileAdded', { sha256 })
      fault.value = read.ok ? undefined : read.fault
      if (read.ok) saveFile(name, read.value.bytes, read.value.mime)
    },
    detach: (sha256: string): void => {
      files.value = files.value.filter((one) => one.sha256 !== sha256)
    },
    findSenders: async (words: string) => {
      const result = await bridge.call('mail.senders', { words })
      return result.ok ? result.value.senders : []
    },
    addSender: async (body: Correspondent): Promise<boolean> => {
      const result = await bridge.call('mail.addSender', body)
      fault.value = result.ok ? undefined : result.fault
      return result.ok
    },
  }
})
