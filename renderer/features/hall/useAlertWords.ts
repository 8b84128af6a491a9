import { faultOf, faults, type FaultCode } from '#shared/fault.ts'
import { faultSentence } from '../../core/faults/index.ts'
import { spareVoters, minutesSince, type Alert, type Remedy } from './alerts.ts'
import { useHall } from './hall.ts'
import { useHallNames } from './useHallNames.ts'

const isFault = (code: string): code is FaultCode => Object.hasOwn(faults, code)

/** What an alert says of itself: a line, what explains it, and what its key does. */
export function useAlertWords() {
  const hall = useHall()
  const names = useHallNames()
  const { t, formats, language, service, services, minutes } = names
  const fault = (code: string) => faultSentence(faultOf(isFault(code) ? code : 'internal'), language.value)

  const title = (alert: Alert): string => {
    switch (alert.kind) {
      case 'alarm':
        return t('alert.alarm', { counter: alert.counter })
      case 'late':
        return t('alert.late', {
          service: service(alert.service.letter),
          span: minutes(alert.minutes),
          threshold: alert.service.threshold,
        })
      case 'uncalled':
        return t('alert.uncalled', { service: service(alert.service.letter) })
      case 'absent':
        return t('alert.absent', {
          counter: alert.counter,
          ticket: alert.ticket.ticket,
          times: alert.ticket.recalls + 1,
        })
      case 'left':
        return t('alert.left', { counter: alert.counter, ticket: alert.ticket.ticket })
      case 'lost':
        return t('alert.lost', { station: alert.station })
      case 'tail':
      case 'doubts':
      case 'older':
        return t(`alert.${alert.kind}`, { n: alert.n })
      case 'trouble':
        return fault(alert.code).what
      default:
        return t(`alert.${alert.kind}`)
    }
  }
  const text = (alert: Alert): string => {
    switch (alert.kind) {
      case 'alarm':
        return t('alert.alarmText', { time: formats.value.time(alert.since) })
      case 'late':
      case 'uncalled': {
        const { waiting, counters } = alert.service
        const who = t('alert.waiting', { n: waiting })
        return counters === 0 ? who : t('alert.for', { who, counters: t('alert.counters', { n: counters }) })
      }
      case 'absent':
      case 'left':
        return t(`alert.${alert.kind}Text`, { span: minutes(alert.minutes) })
      case 'lost': {
        const since = alert.since === undefined ? '' : t('alert.lostSince', { time: formats.value.time(alert.since) })
        return `${since} ${spareText(alert.spare)}`.trim()
      }
      case 'trouble':
        return fault(alert.code).next
      default:
        return t(`alert.${alert.kind}Text`)
    }
  }
  /** How many stations may still fall silent before calls stop. */
  const spareText = (spare: number): string =>
    spare < 0 ? t('network.stopped') : spare === 0 ? t('network.last') : t('network.spare', { n: spare })
  const does = (remedy: Remedy): string => {
    switch (remedy.act) {
      case 'assign':
        return remedy.opens
          ? t('remedy.open', { counter: remedy.counter })
          : t('remedy.assign', { counter: remedy.counter })
      case 'return':
        return t('remedy.return')
      case 'tell':
        return t('remedy.tell')
      case 'takeOver':
        return t('takeOver.short')
    }
  }
  return {
    ...names,
    title,
    text,
    does,
    services,
    spareText: () => (hall.view === undefined ? '' : spareText(spareVoters(hall.view))),
    minutesSince,
  }
}
