import { onBeforeUnmount, onMounted } from 'vue'
import { useBridge } from '../core/bridge/index.ts'
import { useSession } from '../core/stores/session.ts'

const touches = ['pointerdown', 'pointermove', 'keydown', 'wheel'] as const
/** How often the time since the last touch is looked at, in milliseconds. */
const lookEvery = 5_000

/** Two clocks: the first stands still while the machine sleeps, the second may be set back. */
const clocks = (): readonly number[] => [performance.now(), Date.now()]

/**
 * Closes the session of a counter where nobody is: what was filled in is in the register as a draft.
 * @param now milliseconds of each clock: the longest time that one of them shows counts
 */
export function useIdleLock(now = clocks): void {
  const bridge = useBridge()
  const session = useSession()
  let touchedAt = now()
  let timer: ReturnType<typeof setInterval> | undefined
  const touched = (): void => {
    touchedAt = now()
  }
  const untouchedMs = (): number => Math.max(...now().map((at, clock) => at - (touchedAt[clock] ?? at)))
  const look = (): void => {
    const minutes = session.session?.idleMinutes
    if (minutes === undefined || untouchedMs() < minutes * 60_000) return
    touched()
    void bridge.call('session.lock', {})
  }
  onMounted(() => {
    for (const touch of touches) addEventListener(touch, touched, { passive: true, capture: true })
    timer = setInterval(look, lookEvery)
  })
  onBeforeUnmount(() => {
    clearInterval(timer)
    for (const touch of touches) removeEventListener(touch, touched, { capture: true })
  })
}
