import { computed, watch } from 'vue'
import { currentLanguage } from '../../../core/i18n/language.ts'
import { defineSessionStore } from '../../../core/stores/sessionStore.ts'
import { useLetterServed } from '../stores/letterServed.ts'
import { useReceipt } from '../stores/receipt.ts'
import { useRequest } from '../stores/request.ts'
import { useQueue } from './queue.ts'

/**
 * The appointment of whoever was called here. Once he stands at the counter, the sheet that his service names opens by
 * itself, once for his ticket: never where another counter has begun something for him, over a request or a receipt that is on screen, or before one that he has begun.
 */
export const useCalledAppointment = defineSessionStore('counter.appointment', () => {
  const [queue, request, receipt, letter] = [useQueue(), useRequest(), useReceipt(), useLetterServed()]
  const appointment = computed(() => queue.ticket?.appointment)
  const service = computed(() => queue.view?.services.find(({ letter }) => letter === queue.ticket?.service))
  const opened = new Set<string>()
  const begun = (): boolean =>
    queue.ticket?.file !== undefined ||
    receipt.deposit !== undefined ||
    request.draft !== undefined ||
    letter.number !== undefined ||
    request.waiting.some(({ own }) => own === true)
  watch(
    () => (queue.state === 'serving' && appointment.value !== undefined ? appointment.value.id : undefined),
    (id) => {
      const procedure = service.value?.procedure
      if (id === undefined || procedure === undefined || opened.has(id)) return
      opened.add(id)
      if (!begun()) void request.choose(procedure, currentLanguage.value, true)
    },
    { immediate: true },
  )
  return { appointment, service }
})
