import { shallowRef } from 'vue'
import type { ReferenceView } from '#shared/contract/features/mail/views.ts'
import type { UnusedReason } from '#shared/domain/mail/ownReference.ts'
import type { RegisterNumber } from '#shared/ids.ts'
import { ok, type Result } from '#shared/result.ts'
import { useBridge } from '../../../core/bridge/index.ts'
import { defineSessionStore } from '../../../core/stores/sessionStore.ts'
import { useCommand } from '../../../core/useCommand.ts'
import { blankDraft, replyTo, type EntryDraft } from './draft.ts'

/** References that letters were given while they are written, and the letters that go on under them. */
export const useReferences = defineSessionStore('mailReferences', () => {
  const bridge = useBridge()
  const command = useCommand()
  /** Without a departure yet, newest first. */
  const open = shallowRef<readonly ReferenceView[]>([])
  const load = async (): Promise<void> => {
    const result = await bridge.call('mail.references', {})
    if (result.ok) open.value = result.value.references
  }
  return {
    open,
    load,
    give: async (service: string, inReplyTo?: RegisterNumber): Promise<Result<ReferenceView>> => {
      const subject = `reference ${service} ${inReplyTo ?? ''}`
      const order = { service, ...(inReplyTo === undefined ? {} : { inReplyTo }) }
      const result = await command.ask(subject, (commandId) =>
        bridge.call('mail.giveReference', { commandId, ...order }),
      )
      if (result.ok) void load()
      return result
    },
    /** It will not be used: it waits no longer. */
    drop: async ({ text }: ReferenceView, reason: UnusedReason): Promise<Result<unknown>> => {
      const result = await bridge.call('mail.dropReference', { text, reason })
      void load()
      return result
    },
    /** The departure that was begun under a reference: an answer, where it answers something. */
    draftOf: async ({ text, service, inReplyTo }: ReferenceView): Promise<Result<EntryDraft>> => {
      const own = { register: 'departure', reference: text, service } as const
      if (inReplyTo === undefined) return ok({ ...blankDraft(), ...own })
      const answered = await bridge.call('mail.show', { number: inReplyTo })
      return answered.ok ? ok({ ...replyTo(answered.value), ...own }) : answered
    },
  }
})
