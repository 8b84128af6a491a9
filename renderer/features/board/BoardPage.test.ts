import { enableAutoUnmount, mount } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { BoardView } from '#shared/contract/features/hall/views.ts'
import { demoBridge } from '../../core/bridge/demo/index.ts'
import type { Bridge } from '../../core/bridge/index.ts'
import type { Scenario } from '../../core/bridge/demo/state.ts'
import { speak } from '../../core/i18n/language.ts'
import BoardPage from './BoardPage.vue'
import type { BoardCall } from './calls.ts'

enableAutoUnmount(afterEach)
beforeEach(async () => {
  vi.stubGlobal('__DEMO__', false)
  await speak('ar')
  await speak('fr')
})

/** A wall over the demonstration, with what it said aloud, and the states that a test tells it. */
async function wall(scenario: Scenario) {
  const bridge = demoBridge(scenario)
  const said: BoardCall[] = []
  let tell: (board: BoardView) => void = () => {}
  const told: Pick<Bridge, 'call' | 'on' | 'onRestart'> = {
    ...bridge,
    on: (event, heard) => {
      if (event === 'board') tell = heard as typeof tell
      return bridge.on(event, heard)
    },
  }
  const screen = mount(BoardPage, {
    props: {
      bridge: told,
      sound: {
        call: (call: BoardCall) => {
          said.push(call)
          return Promise.resolve()
        },
      },
    },
  })
  await vi.waitFor(() => {
    expect(screen.text()).toContain('Commune de Rabat')
  })
  return {
    screen,
    bridge,
    said,
    tell: (board: BoardView) => {
      tell(board)
    },
  }
}

it('has the last call large in both languages, and three before it; a third call is amber', async () => {
  const { screen, said } = await wall('hall')
  await vi.waitFor(() => {
    expect(screen.get('[data-testid=board-large]').text()).toContain('022')
  })
  expect(screen.get('[data-testid=board-large]').text()).toContain('شباك')
  const earlier = screen.findAll('[data-testid=board-earlier]')
  expect(earlier).toHaveLength(3)
  expect(earlier.at(-1)?.text()).toContain('3e appel')
  expect(earlier.at(-1)?.text()).toContain('النداء الثالث')
  // Nobody is named, and no reason is told.
  expect(screen.text()).not.toMatch(/Cherkaoui|elderly/u)
  expect(screen.find('[data-testid=board-news]').text()).toContain('14:00')
  expect(said).toEqual([])
})

it('shows and says a call that comes, and nothing that an old epoch says', async () => {
  const { screen, bridge, said, tell } = await wall('hall')
  const now = await bridge.call('hall.board', {})
  if (!now.ok) throw new Error(now.fault.code)
  const call = { ticket: 'A042', counter: '12', calledAt: new Date().toISOString(), times: 1 }
  tell({ ...now.value, epoch: now.value.epoch - 1, calls: [call] })
  expect(screen.get('[data-testid=board-large]').text()).toContain('022')
  tell({ ...now.value, calls: [call, ...now.value.calls] })
  await vi.waitFor(() => {
    expect(screen.get('[data-testid=board-large]').text()).toContain('042')
    expect(said).toEqual([call])
  })
})

it.each([
  ['hallNotOpen', 'n’ont pas commencé'],
  ['hallClosed', 'sont terminés'],
  ['hallNone', 'Bienvenue'],
] as const)('%s: says where one is, and that nobody is called', async (scenario, words) => {
  const { screen } = await wall(scenario)
  await vi.waitFor(() => {
    expect(screen.get('[data-testid=board-quiet]').text()).toContain(words)
  })
  expect(screen.find('[data-testid=board-news]').exists()).toBe(false)
})

it('an answer that comes late does not undo what was told meanwhile', async () => {
  const bridge = demoBridge('hallNotOpen')
  const ready = await bridge.call('app.state', {})
  const { office: _office, ...starting } = ready.ok ? { ...ready.value, phase: 'starting' as const } : ({} as never)
  let tell: (state: unknown) => void = () => {}
  let answer: () => void = () => {}
  const late = new Promise<void>((done) => {
    answer = done
  })
  const opening = {
    ...bridge,
    call: async (name: string) => {
      if (name === 'app.state') return { ok: true, value: starting }
      await late
      return bridge.call(name as 'hall.board', {})
    },
    on: (event: string, heard: (payload: never) => void) => {
      if (event === 'app') tell = heard as typeof tell
      return () => undefined
    },
  } as unknown as Pick<Bridge, 'call' | 'on' | 'onRestart'>
  const screen = mount(BoardPage, { props: { bridge: opening } })
  await vi.waitFor(() => {
    expect(screen.find('[data-testid=board-quiet]').exists()).toBe(true)
  })
  tell(ready.ok ? ready.value : undefined)
  answer()
  await vi.waitFor(() => {
    expect(screen.find('.said').exists()).toBe(true)
  })
  expect(screen.text()).toContain('Commune de Rabat')
})
