import type { AppState } from '#shared/contract/features/app/calls.ts'
import { demoAccounts } from '#shared/domain/demo.ts'
import type { Fault } from '#shared/fault.ts'
import { readOffice, screenZone, type Context } from './context.ts'
import type { HandlerContext } from './handlerContext.ts'

const quarantined = ({ store }: Context): { quarantine?: Fault } => {
  const quarantine = store.readOnlyReason()
  return quarantine === undefined ? {} : { quarantine }
}

/** The state of a register at work. */
export const appState = (
  { parts, context }: Pick<HandlerContext, 'parts' | 'context'>,
  office = readOffice(context.store),
): AppState => ({
  phase: 'ready',
  version: parts.versions.app,
  runtime: { electron: parts.versions.electron, standIn: parts.versions.standIn },
  training: parts.training,
  ...quarantined(context),
  counter: context.counter,
  office: office.name,
  zone: screenZone(office, context.clock.now()),
  demoLogins: parts.demo ? demoAccounts.map((account) => ({ ...account })) : [],
})
