import { EventEmitter } from 'node:events'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { startHosts } from './hosts.ts'
import { restartDelayMs } from './supervise.ts'

type Said = { kind: string; ports: number; path?: string }

/** A utility process that only listens; `dies` is how it ends. */
class ScriptedChild extends EventEmitter {
  readonly heard: Said[] = []
  killed = false
  postMessage(message: { kind: string; path?: string }, ports: unknown[] = []): void {
    this.heard.push({
      kind: message.kind,
      ports: ports.length,
      ...(message.path === undefined ? {} : { path: message.path }),
    })
    if (message.kind === 'stop') this.dies(0)
  }
  kill(): boolean {
    this.killed = true
    this.dies(9)
    return true
  }
  dies(code: number): void {
    this.emit('exit', code)
  }
  kinds(): string[] {
    return this.heard.map(({ kind }) => kind)
  }
}

function launch(keystore?: Parameters<typeof startHosts>[0]['keystore'], inHall = false) {
  const forked = {
    worker: [] as ScriptedChild[],
    devices: [] as ScriptedChild[],
    press: [] as ScriptedChild[],
    hall: [] as ScriptedChild[],
  }
  const restarted = vi.fn()
  const onPhase = vi.fn()
  const log = vi.fn()
  const startAgain = vi.fn()
  const hosts = startHosts({
    fork: (host) => {
      const child = new ScriptedChild()
      forked[host].push(child)
      return child
    },
    // Only handed on, never used: the test counts ports.
    channel: () => ({ port1: {}, port2: {} }) as ReturnType<Parameters<typeof startHosts>[0]['channel']>,
    workerStart: {
      kind: 'start',
      dataDir: '/data',
      resourcesDir: '/resources',
      keystore: 'none',
      network: {},
      training: false,
      demo: false,
      versions: { app: '1', electron: '45', standIn: false },
    },
    devicesStart: { kind: 'start', training: false, resourcesDir: '/resources' },
    pressStart: { kind: 'start', resourcesDir: '/resources' },
    ...(inHall
      ? { hallStart: { kind: 'start', dataDir: '/data', demo: false, discovery: true, keystore: false } }
      : {}),
    keystore,
    startAgain,
    chooseFile: async (name) => (name === 'left' ? undefined : `/chosen/${name}`),
    onPhase,
    onDevicesReady: () => {},
    log,
    now: () => Date.now(),
  })
  hosts.onWorkerRestart(restarted)
  const nth = (host: 'worker' | 'devices' | 'press' | 'hall', n: number): ScriptedChild => {
    const child = forked[host][n]
    if (!child) throw new Error(`${host} was not started ${n + 1} times`)
    return child
  }
  /** The worker says these words; they are heard when this is done. */
  const say = async (...kinds: string[]): Promise<void> => {
    for (const kind of kinds) nth('worker', 0).emit('message', { kind })
    await vi.dynamicImportSettled()
    await vi.advanceTimersByTimeAsync(0)
  }
  return { hosts, forked, nth, restarted, onPhase, startAgain, log, say }
}

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

describe('startHosts', () => {
  it('starts both, then joins them once', () => {
    const { nth, restarted } = launch()
    expect(nth('worker', 0).heard).toEqual([
      { kind: 'start', ports: 0 },
      { kind: 'devices', ports: 1 },
    ])
    expect(nth('devices', 0).heard).toEqual([
      { kind: 'start', ports: 0 },
      { kind: 'worker', ports: 1 },
    ])
    expect(restarted).not.toHaveBeenCalled()
  })

  it('restarts the devices host, tells the worker, and joins them again', () => {
    const { nth } = launch()
    nth('devices', 0).dies(139)
    expect(nth('worker', 0).kinds().at(-1)).toBe('devicesDown')
    vi.advanceTimersByTime(restartDelayMs(1))
    expect(nth('devices', 1).kinds()).toEqual(['start', 'worker'])
    expect(nth('worker', 0).kinds().at(-1)).toBe('devices')
  })

  it('runs the hall of a machine that is in one, and joins it to the worker again after a crash of either', () => {
    const { forked, nth } = launch(undefined, true)
    expect(nth('hall', 0).kinds()).toEqual(['start', 'worker'])
    nth('hall', 0).dies(139)
    expect(nth('worker', 0).kinds().at(-1)).toBe('hallDown')
    vi.advanceTimersByTime(restartDelayMs(1))
    expect(nth('hall', 1).kinds()).toEqual(['start', 'worker'])
    expect(nth('worker', 0).heard.at(-1)).toEqual({ kind: 'hall', ports: 1 })
    nth('worker', 0).dies(1)
    vi.advanceTimersByTime(restartDelayMs(1))
    expect(nth('worker', 1).kinds()).toContain('hall')
    expect(nth('hall', 1).kinds()).toEqual(['start', 'worker', 'worker'])
    expect(forked.hall).toHaveLength(2)
  })

  it('runs no hall where there is none', () => {
    expect(launch().forked.hall).toHaveLength(0)
  })

  it('starts the press when the worker needs it, once, and joins it to the worker', () => {
    const { forked, nth, say } = launch()
    expect(forked.press).toHaveLength(0)
    return say('pressNeeded', 'pressNeeded').then(() => {
      expect(forked.press).toHaveLength(1)
      expect(nth('press', 0).heard).toEqual([
        { kind: 'start', ports: 0 },
        { kind: 'worker', ports: 1 },
      ])
      expect(nth('worker', 0).heard.at(-1)).toEqual({ kind: 'press', ports: 1 })
    })
  })

  it('starts the press afresh after a crash, and when a paper took too long', async () => {
    const { nth, say } = launch()
    await say('pressNeeded')
    nth('press', 0).dies(139)
    expect(nth('worker', 0).kinds().at(-1)).toBe('pressDown')
    vi.advanceTimersByTime(restartDelayMs(1))
    expect(nth('press', 1).kinds()).toEqual(['start', 'worker'])
    expect(nth('worker', 0).kinds().at(-1)).toBe('press')
    await say('pressStuck')
    expect(nth('press', 1).killed).toBe(true)
    vi.advanceTimersByTime(restartDelayMs(2))
    expect(nth('press', 2).kinds()).toEqual(['start', 'worker'])
  })

  it('ends devices that answer nothing any more: the next ones are joined as after a crash', async () => {
    const { nth, say } = launch()
    await say('devicesStuck')
    expect(nth('devices', 0).killed).toBe(true)
    expect(nth('worker', 0).kinds().at(-1)).toBe('devicesDown')
    vi.advanceTimersByTime(restartDelayMs(1))
    expect(nth('devices', 1).kinds()).toEqual(['start', 'worker'])
  })

  it('gives a new worker the press that runs', async () => {
    const { nth, say } = launch()
    await say('pressNeeded')
    nth('worker', 0).dies(1)
    vi.advanceTimersByTime(restartDelayMs(1))
    expect(nth('worker', 1).kinds()).toEqual(['start', 'devices', 'press'])
    expect(nth('press', 0).kinds()).toEqual(['start', 'worker', 'worker'])
  })

  it('restarts the worker and gives it the devices and the window again', () => {
    const { nth, restarted } = launch()
    nth('worker', 0).dies(1)
    vi.advanceTimersByTime(restartDelayMs(1))
    expect(nth('worker', 1).kinds()).toEqual(['start', 'devices'])
    expect(nth('devices', 0).kinds()).toEqual(['start', 'worker', 'worker'])
    expect(restarted).toHaveBeenCalledTimes(1)
  })

  it('joins them when both died and the worker comes back first', () => {
    const { nth } = launch()
    nth('worker', 0).dies(1)
    nth('devices', 0).dies(1)
    vi.advanceTimersByTime(restartDelayMs(1))
    expect(nth('worker', 1).kinds()).toEqual(['start', 'devices'])
    expect(nth('devices', 1).kinds()).toEqual(['start', 'worker'])
  })

  it('waits longer after each crash in a row, and little again after a healthy life', () => {
    const { forked, nth } = launch()
    for (let crash = 1; crash <= 4; crash += 1) {
      nth('worker', crash - 1).dies(1)
      vi.advanceTimersByTime(restartDelayMs(crash) - 1)
      expect(forked.worker).toHaveLength(crash)
      vi.advanceTimersByTime(1)
      expect(forked.worker).toHaveLength(crash + 1)
    }
    vi.advanceTimersByTime(3_600_000)
    nth('worker', 4).dies(1)
    vi.advanceTimersByTime(restartDelayMs(1))
    expect(forked.worker).toHaveLength(6)
  })

  it('starts the program again when the worker was asked to', async () => {
    const { say, startAgain } = launch()
    await say('startAgain')
    expect(startAgain).toHaveBeenCalledTimes(1)
  })

  it('answers the worker from the keystore, and says when it refuses', async () => {
    const keystore = { wrap: async () => Uint8Array.of(1), unwrap: () => Promise.reject(new Error('locked')) }
    const { nth } = launch(keystore)
    nth('worker', 0).emit('message', { kind: 'wrap', requestId: 1, key: new Uint8Array(32) })
    nth('worker', 0).emit('message', { kind: 'unwrap', requestId: 2, blob: new Uint8Array(8) })
    await vi.waitFor(() => {
      expect(nth('worker', 0).kinds().slice(-2)).toEqual(['wrapped', 'keystoreFailed'])
    })
  })

  it('answers the hall from the keystore, each to who asked', async () => {
    const keystore = { wrap: async () => Uint8Array.of(1), unwrap: async () => Uint8Array.of(2) }
    const { nth } = launch(keystore, true)
    nth('hall', 0).emit('message', { kind: 'wrap', requestId: 1, key: new Uint8Array(32) })
    nth('hall', 0).emit('message', { kind: 'unwrap', requestId: 2, blob: new Uint8Array(8) })
    await vi.waitFor(() => {
      expect(nth('hall', 0).kinds()).toEqual(['start', 'worker', 'wrapped', 'unwrapped'])
    })
    expect(nth('worker', 0).kinds()).not.toContain('wrapped')
  })

  it('asks the person where a file shall be, and says when they leave it', async () => {
    const { nth } = launch()
    nth('worker', 0).emit('message', { kind: 'chooseFile', requestId: 1, name: 'journal.jsonl' })
    nth('worker', 0).emit('message', { kind: 'chooseFile', requestId: 2, name: 'left' })
    await vi.waitFor(() => {
      expect(nth('worker', 0).heard.slice(-2)).toEqual([
        { kind: 'fileChosen', ports: 0, path: '/chosen/journal.jsonl' },
        { kind: 'fileChosen', ports: 0 },
      ])
    })
  })

  it('hears only what is in the contract', async () => {
    const { nth, onPhase, log } = launch()
    nth('worker', 0).emit('message', { kind: 'phase', phase: 'ready' })
    nth('worker', 0).emit('message', { kind: 'phase', phase: 'elsewhere' })
    nth('worker', 0).emit('message', 'ready')
    await vi.waitFor(() => {
      expect(log).toHaveBeenCalledTimes(2)
    })
    expect(onPhase).toHaveBeenCalledTimes(1)
  })

  it('stops the worker by asking, the devices by force, and starts neither again', async () => {
    const { hosts, forked, nth } = launch()
    const stopped = hosts.stop()
    await vi.advanceTimersByTimeAsync(0)
    await stopped
    expect(nth('worker', 0).killed).toBe(false)
    expect(nth('devices', 0).killed).toBe(true)
    vi.advanceTimersByTime(3_600_000)
    expect([forked.worker.length, forked.devices.length]).toEqual([1, 1])
  })

  it('does not wait for ever for a worker that hangs', async () => {
    const { hosts, nth } = launch()
    nth('worker', 0).postMessage = () => {}
    const stopped = hosts.stop()
    await vi.advanceTimersByTimeAsync(10_000)
    await stopped
    expect(nth('worker', 0).killed).toBe(true)
  })
})
