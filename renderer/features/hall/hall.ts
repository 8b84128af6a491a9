import { onScopeDispose, shallowRef } from 'vue'
import type { HallView, TicketView } from '#shared/contract/features/hall/views.ts'
import type { Fault } from '#shared/fault.ts'
import type { Result } from '#shared/result.ts'
import { useBridge } from '../../core/bridge/index.ts'
import { useCommand } from '../../core/useCommand.ts'
import { defineSessionStore } from '../../core/stores/sessionStore.ts'

/** The hall as this counter sees it, and what a supervisor does in it. */
export const useHall = defineSessionStore('hall', () => {
  const bridge = useBridge()
  const command = useCommand()
  const view = shallowRef<HallView>()
  const fault = shallowRef<Fault>()
  const actFault = shallowRef<Fault>()
  const busy = shallowRef(false)
  onScopeDispose(
    bridge.on('hall', (told) => {
      view.value = told
    }),
  )
  const act = async <T>(run: () => Promise<Result<T>>): Promise<boolean> => {
    if (busy.value) return false
    busy.value = true
    const result = await run()
    busy.value = false
    actFault.value = result.ok ? undefined : result.fault
    return result.ok
  }
  const day = (run: () => Promise<Result<HallView>>): Promise<boolean> =>
    act(async () => {
      const result = await run()
      if (result.ok) view.value = result.value
      return result
    })
  const ticket = (name: TicketView, what: 'takeBack' | 'transfer', more: { counter?: string; service?: string }) =>
    act(() =>
      command.ask(`${what} ${name.ticket} ${name.calledAt ?? ''}`, (commandId) =>
        bridge.call('hall.ticket', { commandId, ticket: name.ticket, act: what, ...more }),
      ),
    )
  return {
    view,
    fault,
    actFault,
    busy,
    load: async (): Promise<void> => {
      const result = await bridge.call('hall.view', {})
      fault.value = result.ok ? undefined : result.fault
      if (result.ok) view.value = result.value
    },
    open: () => day(() => bridge.call('hall.open', {})),
    close: () =>
      day(() => command.ask(`close ${view.value?.day ?? ''}`, (commandId) => bridge.call('hall.close', { commandId }))),
    takeOver: (forced: boolean) => day(() => bridge.call('hall.takeOver', { forced })),
    assign: (counter: string, services: readonly string[]) =>
      act(() =>
        command.ask(`assign ${counter} ${services.join('')}`, (commandId) =>
          bridge.call('hall.assign', { commandId, counter, services: [...services] }),
        ),
      ),
    /** A service takes people, or does not from now on. */
    turn: (service: string, open: boolean) =>
      act(() =>
        command.ask(`service ${service} ${String(open)}`, (commandId) =>
          bridge.call('hall.service', { commandId, service, open }),
        ),
      ),
    /** To one counter, to several, or to all of them. */
    tell: (to: readonly string[] | undefined, text: string) =>
      act(async () => {
        const say = (one?: string) =>
          command.ask(`tell ${one ?? 'all'} ${text}`, (commandId) =>
            bridge.call('hall.message', { commandId, ...(one === undefined ? {} : { to: one }), text }),
          )
        let last = await (to === undefined ? say() : say(to[0]))
        for (const one of to?.slice(1) ?? []) {
          const told = await say(one)
          if (last.ok) last = told
        }
        return last
      }),
    /** A called citizen who does not come waits on in his place. */
    giveBack: (name: TicketView, counter: string) => ticket(name, 'takeBack', { counter }),
    /** Who was set aside or missed waits again, with the hour of his arrival. */
    waitAgain: (name: TicketView) => ticket(name, 'transfer', { service: name.service }),
  }
})
