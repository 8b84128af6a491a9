import type { ForecastView } from '#shared/contract/features/hall/views.ts'
import { demoFloor } from './demoFloor.ts'

/** The shape of a morning, in shares of its busiest hour. */
const morning = [0.55, 1, 0.9, 0.65, 0.3, 0.2, 0.45, 0.4] as const

/** Days like those before; the last service is new, and too few days of it are kept. */
export function demoForecast(): ForecastView[] {
  return demoFloor.slice(0, 5).map(({ letter }, index) => {
    if (index === 4) return { service: letter, days: 2, hours: [] }
    const most = [14, 8, 17, 6][index] ?? 5
    const hours = morning.map((share, at) => {
      const tickets = Math.round(most * share)
      return {
        hour: 8 + at,
        tickets,
        low: Math.max(0, tickets - 2 - (at % 3)),
        high: tickets + 2 + (at % 4),
        waitMedian: Math.round(120 + 900 * share),
        waitP90: Math.round(400 + 1_700 * share),
      }
    })
    return { service: letter, days: 8, error: 1.4 + index * 0.3, hours }
  })
}
