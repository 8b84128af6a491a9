import { computed, shallowRef } from 'vue'
import type { MailClosingView, RegisterCount } from '#shared/contract/features/mail/views.ts'
import type { Fault } from '#shared/fault.ts'
import { useBridge } from '../../../core/bridge/index.ts'
import { defineSessionStore } from '../../../core/stores/sessionStore.ts'
import { useCommand } from '../../../core/useCommand.ts'
import { useMailOffice } from '../office.ts'

/** Days that are to be closed, what the chosen one holds, and the closings that were made. */
export const useMailClosing = defineSessionStore('mailClosing', () => {
  const bridge = useBridge()
  const office = useMailOffice()
  const command = useCommand()
  const closings = shallowRef<readonly MailClosingView[]>()
  const day = shallowRef('')
  const registers = shallowRef<readonly RegisterCount[]>()
  const closing = shallowRef<MailClosingView>()
  const fault = shallowRef<Fault>()
  const actFault = shallowRef<Fault>()
  const busy = shallowRef(false)

  const open = computed(() => office.overview?.open ?? [])
  /** The days that can be chosen, oldest first; today is the last. */
  const days = computed(() => [...open.value, office.today].filter((one) => one !== ''))
  /** The year that has ended and is not closed yet, once no day of it is open. */
  const year = computed(() => {
    const ended = String(Number(office.today.slice(0, 4)) - 1)
    const done = closings.value?.some(({ period }) => period === ended) !== false
    const held = closings.value?.some(({ period }) => period.startsWith(`${ended}-`)) === true
    return done || !held || open.value.some((one) => one.startsWith(ended)) ? undefined : ended
  })
  const show = async (wanted: string): Promise<void> => {
    day.value = wanted
    const now = await bridge.call('mail.overview', wanted === '' ? {} : { day: wanted })
    if (day.value !== wanted) return
    fault.value = now.ok ? undefined : now.fault
    registers.value = now.ok ? now.value.registers : undefined
    closing.value = now.ok ? now.value.closing : undefined
  }
  const load = async (): Promise<void> => {
    const [made] = await Promise.all([bridge.call('mail.closings', {}), office.load()])
    if (made.ok) closings.value = made.value.closings
    else fault.value = made.fault
    await show(days.value.includes(day.value) ? day.value : (days.value[0] ?? ''))
  }
  const close = async (period: string): Promise<boolean> => {
    if (busy.value) return false
    busy.value = true
    const asked = period.length === 4 ? { year: Number(period) } : { day: period }
    const result = await command.ask(`close ${period}`, (commandId) =>
      bridge.call('mail.close', { commandId, ...asked }),
    )
    busy.value = false
    actFault.value = result.ok ? undefined : result.fault
    if (result.ok) await load()
    return result.ok
  }
  return {
    closings,
    day,
    days,
    open,
    year,
    registers,
    closing,
    fault,
    actFault,
    busy,
    show,
    load,
    close,
    pdf: async (closingId: string): Promise<Uint8Array | undefined> => {
      const result = await bridge.call('mail.closingPdf', { closingId })
      actFault.value = result.ok ? undefined : result.fault
      return result.ok ? result.value.pdf : undefined
    },
  }
})
