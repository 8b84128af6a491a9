import type { DayCount } from '#shared/contract/features/hall/views.ts'
import { demoFloor } from './demoFloor.ts'

/** Numbers that look like a month of mornings, the same at every start. */
export function demoHistory(from: string, to: string): DayCount[] {
  const days: DayCount[] = []
  for (let at = Date.parse(`${from}T00:00:00Z`); at <= Date.parse(`${to}T00:00:00Z`); at += 86_400_000) {
    const date = new Date(at)
    const weekday = date.getUTCDay()
    if (weekday === 0 || weekday === 6 || days.length > 600) continue
    demoFloor.slice(0, 5).forEach(({ letter }, index) => {
      const wave = ((Math.floor(at / 86_400_000) * 7 + index * 13) % 11) / 10
      const issued = Math.round(([58, 34, 71, 27, 12][index] ?? 20) * (0.8 + wave * 0.4) * (weekday === 1 ? 1.25 : 1))
      const missed = Math.round(issued * 0.03)
      const left = Math.round(issued * 0.02 * wave)
      const wait = Math.round((360 + index * 40) * (0.7 + wave) * (weekday === 1 ? 1.4 : 1))
      days.push({
        day: date.toISOString().slice(0, 10),
        service: letter,
        issued,
        served: issued - missed - left,
        missed,
        left,
        waitMedian: wait,
        waitP90: Math.round(wait * 2.3),
        serviceMedian: 250 + index * 45,
        serviceP90: 540 + index * 80,
      })
    })
  }
  return days
}
