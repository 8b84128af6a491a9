import { onScopeDispose, type ShallowRef } from 'vue'
import type { KnownPosted, KnownReference } from '#shared/contract/features/mail/views.ts'
import type { TypedLetter } from '#shared/domain/mail/letter.ts'
import { fold } from '#shared/text/fold.ts'
import { useBridge } from '../../../core/bridge/index.ts'
import { useMailOffice } from '../office.ts'
import { useReferences } from '../entry/references.ts'
import { withProposals, withReturned, type StackLetter } from './stackDocument.ts'

interface Shared {
  readonly letters: ShallowRef<readonly StackLetter[]>
  readonly selected: ShallowRef<number | undefined>
  readonly put: (id: number, to: (one: StackLetter) => StackLetter) => void
  readonly typed: (letter: StackLetter) => TypedLetter
}

/** Letters are read one at a time: the one at hand, those that come after it, and then all others. */
export function useStackReading({ letters, selected, put, typed }: Shared) {
  const bridge = useBridge()
  const office = useMailOffice()
  const references = useReferences()
  const [ended, asking] = [new AbortController(), { now: false }]
  /** What answers to a sender that is still looked for; registering waits for it. */
  let settling: Promise<void> | undefined
  onScopeDispose(() => {
    ended.abort()
  })
  const findSenders = async (words: string) => {
    const result = await bridge.call('mail.senders', { words })
    return result.ok ? result.value.senders : []
  }
  /** A name that the directory has takes its other script from there. */
  const bodyOf = async (name: string) => {
    const found = (await findSenders(name.slice(0, 200))).find((one) =>
      [one.name, one.nameAr ?? ''].some((each) => fold(each) === fold(name)),
    )
    return found === undefined
      ? undefined
      : { name: found.name, ...(found.nameAr === undefined ? {} : { nameAr: found.nameAr }) }
  }
  const like = async (letter: StackLetter): Promise<void> => {
    const { party, subject, reference } = letter.draft
    if (party.trim() === '' || (subject.trim() === '' && reference.trim() === '')) return
    const asked = typed(letter)
    const question = {
      letter: { ...asked, subject: asked.subject || '-' },
      files: [{ sha256: letter.sha256, name: letter.name }],
    }
    const result = await bridge.call('mail.like', question)
    if (result.ok) put(letter.id, (one) => ({ ...one, likes: result.value.lines }))
  }
  /** What was begun under the reference on a letter that comes back signed. */
  const comeBack = async (id: number, text: string): Promise<void> => {
    const known = await bridge.call('mail.reference', { text })
    const found: KnownReference = known.ok ? known.value : { is: 'unknown' }
    const begun = found.is === 'open' ? await references.draftOf(found.reference) : undefined
    const setAside = found.is === 'open' ? found.setAside : undefined
    const is = setAside === undefined ? found.is : 'setAside'
    const departure = found.is === 'sent' ? found.departure : undefined
    put(id, (one) => withReturned(one, { text, is, departure, setAside }, begun?.ok ? begun.value : undefined))
  }
  /** Of which departure it is the acknowledgement, by the number of its item; the number of any other is without effect. */
  const acknowledged = async (id: number, code: string): Promise<void> => {
    const known = await bridge.call('mail.posted', { code })
    const found: KnownPosted = known.ok ? known.value : { is: 'unknown' }
    if (found.is === 'unknown') put(id, (one) => ({ ...one, foreign: [...one.foreign, code] }))
    else if (found.is === 'hidden') put(id, (one) => withReturned(one, { text: code, is: 'hidden' }))
    else {
      const is = found.acknowledgedOn === undefined ? 'posted' : 'acknowledged'
      put(id, (one) => withReturned(one, { text: code, is, departure: found.departure }))
    }
  }
  const read = async ({ id, sha256, name, returned, posted }: StackLetter): Promise<void> => {
    put(id, (one) => ({ ...one, reading: 'now' }))
    if (returned !== undefined) await comeBack(id, returned.text)
    else if (posted[0] !== undefined) await acknowledged(id, posted[0])
    const result = await bridge.call('mail.propose', { sha256, name, received: office.today }, ended.signal)
    if (!result.ok) {
      put(id, (one) => ({ ...one, reading: 'failed', fault: result.fault }))
      return
    }
    put(id, (one) => withProposals(one, result.value.proposals, result.value.notes))
    const proposed = result.value.proposals.sender?.value
    const body = proposed === undefined ? undefined : await bodyOf(proposed)
    if (body !== undefined)
      put(id, (one) =>
        one.draft.party === proposed
          ? { ...one, draft: { ...one.draft, party: fold(body.name) === fold(proposed) ? body.name : proposed, body } }
          : one,
      )
    const now = letters.value.find((one) => one.id === id)
    if (now !== undefined) await like(now)
  }
  const goOn = (): void => {
    if (asking.now || ended.signal.aborted || office.today === '') return
    const at = Math.max(
      0,
      letters.value.findIndex(({ id }) => id === selected.value),
    )
    const first = [...letters.value.slice(at), ...letters.value.slice(0, at)].find(
      ({ reading, registered }) => reading === 'waits' && registered === undefined,
    )
    if (first === undefined) return
    asking.now = true
    void read(first).finally(() => {
      asking.now = false
      goOn()
    })
  }
  return {
    goOn,
    like,
    findSenders,
    settle: (wait: Promise<void>): void => {
      settling = wait
    },
    settled: () => settling,
  }
}
