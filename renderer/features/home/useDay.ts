import { onMounted, shallowRef, watch, type ShallowRef } from 'vue'
import type { DayView } from '#shared/contract/features/home/calls.ts'
import type { Fault } from '#shared/fault.ts'
import { useComplement } from '../../core/complement.ts'
import { usePrint } from '../../core/stores/print.ts'
import { useBridge } from '../../core/bridge/index.ts'

/** The agent's day; read again whenever a receipt went to the printer, since that is when the day changed. */
export function useDay(): {
  day: ShallowRef<DayView | undefined>
  fault: ShallowRef<Fault | undefined>
  load: () => Promise<void>
} {
  const bridge = useBridge()
  const print = usePrint()
  const complement = useComplement()
  const day = shallowRef<DayView>()
  const fault = shallowRef<Fault>()
  const load = async (): Promise<void> => {
    const result = await bridge.call('home.day', {})
    if (result.ok) {
      day.value = result.value
      fault.value = undefined
    } else fault.value = result.fault
  }
  onMounted(load)
  watch([() => print.jobs[0]?.printJobId, () => complement.made], load)
  return { day, fault, load }
}
