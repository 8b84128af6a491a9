import { onBeforeUnmount, onMounted } from 'vue'
import { useBridge } from '../core/bridge/index.ts'
import { useSession } from '../core/stores/session.ts'

const touches = ['pointerdown', 'pointermove', 'keydown', 'wheel'] as const
/** How often the time since the last touch is looked at, in milliseconds. */
const lookEvery = 5_000

/** Closes the session of a counter where nobody is: what was filled in is in the register as a draft. */
export function useIdleLock(now = (): number => performance.now()): void {
  const bridge = useBridge()
  const session = useSession()
  let touchedAt = now()
  let timer: ReturnType<typeof setInterval> | undefined
  const touched = (): void => {
    touchedAt = now()
  }
  const look = (): void => {
    const minutes = session.session?.idleMinutes
    if (minutes === undefined || now() - touchedAt < minutes * 60_000) return
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
