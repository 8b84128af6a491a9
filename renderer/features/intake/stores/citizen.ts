import { computed, reactive, shallowRef, watch } from 'vue'
import type { CardAccess, TrainingCard } from '#shared/contract/cardEvents.ts'
import type { In } from '#shared/contract/calls.ts'
import type { Mrz } from '#shared/domain/mrz/mrz.ts'
import type { PurposeView } from '#shared/contract/features/intake/calls.ts'
import type { TypedReason } from '#shared/domain/identity/identity.ts'
import type { Purpose } from '#shared/domain/identity/purpose.ts'
import type { Fault, FaultCode } from '#shared/fault.ts'
import { useApp } from '../../../core/stores/app.ts'
import { useCard } from '../../../core/stores/card.ts'
import { useBridge } from '../../../core/bridge/index.ts'
import { defineSessionStore } from '../../../core/stores/sessionStore.ts'

/** A chip that waits for what opens it. */
const closedBy: readonly FaultCode[] = ['card.accessNeeded', 'card.accessRefused', 'card.accessBlocked']

/** What is typed of a citizen without a card, as it stands in the fields. */
const emptyForm = () => ({
  familyName: '',
  givenNames: '',
  nativeName: '',
  nationalNumber: '',
  birthDate: '',
  note: '',
  reason: '' as TypedReason | '',
})

/** Who is at the desk: the card moves this by itself, or the agent types. */
export const useCitizen = defineSessionStore('counter.citizen', () => {
  const bridge = useBridge()
  const desk = useCard()
  const app = useApp()
  const typing = shallowRef(false)
  /** Kept when the form is closed: fifty keystrokes are not lost to one Escape. Gone with the citizen. */
  const form = reactive(emptyForm())
  const forgetTyped = (): void => {
    Object.assign(form, emptyForm())
  }
  const typed = computed(() => form.familyName !== '' || form.givenNames !== '' || form.nativeName !== '')
  const refused = shallowRef<Fault>()
  /** The simulated card that the next insertion brings. */
  const kind = shallowRef<TrainingCard>('citizen')

  const card = computed(() => desk.card)
  const zone = computed(() => desk.zone)
  const citizen = computed(() => desk.citizen)
  /** In training any card may come next, also in the place of the one that is in. */
  const simulates = computed(
    () => app.state?.training === true && citizen.value === undefined && card.value.state !== 'reading',
  )
  watch(
    () => citizen.value?.identityId,
    () => {
      typing.value = false
      refused.value = undefined
    },
  )
  /** The chip in the reader waits for its access number or its zone. */
  const closed = computed(() => card.value.state === 'failed' && closedBy.includes(card.value.fault.code))
  // A scanned zone opens the chip that waits for it, and fills the form otherwise; with the form it goes.
  watch(
    () => desk.zone,
    (scanned) => {
      if (scanned === undefined) return
      if (!closed.value || typing.value) {
        typing.value = true
        return
      }
      desk.zone = undefined
      void open({ mrz: scanned.lines.join('\n') })
    },
    { immediate: true },
  )
  watch(typing, (now) => {
    if (!now) desk.zone = undefined
  })
  // A new card event says more than the refusal of an older act.
  watch(
    () => card.value.state,
    () => {
      refused.value = undefined
    },
  )

  const ask = async (asked: Promise<{ ok: true } | { ok: false; fault: Fault }>): Promise<boolean> => {
    const result = await asked
    refused.value = result.ok ? undefined : result.fault
    return result.ok
  }
  /** Reads the chip that is in the reader with what opens it. */
  async function open(access: CardAccess): Promise<boolean> {
    return ask(bridge.call('card.read', { ...('reader' in card.value && { reader: card.value.reader }), access }))
  }
  /** Goes on with the zone of a document whose chip does not open. */
  function byZone(scanned: Mrz): void {
    desk.zone = scanned
    typing.value = true
  }
  return {
    card,
    citizen,
    zone,
    byZone,
    /** A card is in the reader and was not read: what is typed now is typed for that reason. */
    unreadable: computed(() => card.value.state === 'failed'),
    /** Why an identity is typed, as far as the reader says it. */
    reasonToType: computed((): TypedReason | '' => {
      const { state } = card.value
      if (state === 'failed') return 'cardUnreadable'
      return state === 'noReader' || state === 'noService' ? 'readerDown' : 'noCard'
    }),
    typing,
    simulates,
    kind,
    closed,
    open,
    /** The refusal of the last act, unless the reader already says it. */
    fault: computed(() =>
      card.value.state === 'failed' && refused.value?.code === card.value.fault.code ? undefined : refused.value,
    ),
    read: () => ask(bridge.call('card.read', {})),
    simulate: () => ask(bridge.call('training.insertCard', { card: kind.value })),
    /** What this office reads data for; an empty list when it cannot be told. */
    purposes: async (): Promise<readonly PurposeView[]> => {
      const told = await bridge.call('identity.purpose', {})
      return told.ok ? told.value.offered : []
    },
    choosePurpose: (purpose: Purpose) => ask(bridge.call('identity.purpose', { purpose })),
    form,
    typed,
    type: async (identity: In<'identity.type'>): Promise<boolean> => {
      const taken = await ask(bridge.call('identity.type', identity))
      if (taken) forgetTyped()
      return taken
    },
    forgetTyped,
    /**
     * Whoever is on screen, and what is being typed; a card that came since is not cleared with him. What takes it back,
     * as long as nobody came since.
     */
    release: async (): Promise<() => Promise<void>> => {
      const [wasTyping, kept, shown] = [typing.value, { ...form }, citizen.value]
      typing.value = false
      forgetTyped()
      if (shown !== undefined) await ask(bridge.call('identity.release', { identityId: shown.identityId }))
      return async () => {
        if (citizen.value !== undefined) return
        Object.assign(form, kept)
        typing.value = wasTyping
        if (shown !== undefined) await ask(bridge.call('identity.takeBack', { identityId: shown.identityId }))
      }
    },
  }
})
