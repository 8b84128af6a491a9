import { faultOf, type Fault, type FaultCode } from '#shared/fault.ts'

/** Names that pcsc-mini gives to the SCARD_ codes, by what they mean at a counter. */
const meanings: Readonly<Record<string, FaultCode>> = {
  NoSmartCard: 'card.removed',
  RemovedCard: 'card.removed',
  NoCardConnection: 'card.removed',
  UnresponsiveCard: 'card.mute',
  UnpoweredCard: 'card.mute',
  CommDataLost: 'card.mute',
  NotReady: 'card.mute',
  InsufficientBuffer: 'card.malformed',
  ProtoMismatch: 'card.unsupported',
  SharingViolation: 'card.busy',
  ServerTooBusy: 'card.busy',
  UnknownReader: 'card.noReader',
  ReaderUnavailable: 'card.noReader',
  NoReadersAvailable: 'card.noReader',
  NoService: 'card.noService',
  ServiceStopped: 'card.noService',
  CommError: 'card.noService',
  Shutdown: 'card.noService',
  Timeout: 'card.timeout',
  Cancelled: 'call.cancelled',
  CancelledByUser: 'call.cancelled',
}

/** What pcsc-mini threw: its code when it has one, the PC/SC name without SCARD_ and E_ or W_. */
export const codeOf = (cause: unknown): string =>
  typeof cause === 'object' && cause !== null && 'code' in cause && typeof cause.code === 'string'
    ? cause.code
    : 'unknown'

/**
 * A PC/SC failure as a fault; the detail is the PC/SC name. A card reset by another program is `card.busy` with the
 * detail
 * `reset`: the reading begins again. Whatever else goes wrong between reader and card counts as a card that does not
 * answer.
 */
export function pcscFault(cause: unknown): Fault {
  const code = codeOf(cause)
  return code === 'ResetCard' ? faultOf('card.busy', 'reset') : faultOf(meanings[code] ?? 'card.mute', code)
}
