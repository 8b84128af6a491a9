import { wireOf, type HostPort } from '#shared/contract/hostPort.ts'
import type { FromDevices, ToDevices } from '#shared/contract/hosts.ts'
import { crashOf } from '#shared/crash.ts'
import type { OpenDevices } from './compose.ts'
import { serveDevices } from './serveDevices.ts'

type Start = Extract<ToDevices, { kind: 'start' }>

/**
 * The life of the devices host: it opens the devices once and serves the worker that main joined last. An exception
 * that
 * no driver caught ends the process: main starts a fresh one, and the register lives elsewhere.
 */
export function runHost(parts: {
  readonly open: (start: Start) => Promise<OpenDevices>
  readonly say: (message: FromDevices) => void
  readonly log: (line: string) => void
  /** The devices cannot be opened, or the worker not be joined: nothing is left to do here. */
  readonly fatal: (cause: unknown) => void
}): (message: ToDevices, port: HostPort | undefined) => void {
  let devices: Promise<OpenDevices> | undefined
  let letGo = (): void => undefined
  const onCrash = (call: string, cause: unknown): void => {
    parts.log(`${call}: ${crashOf(cause)}`)
  }

  const join = async (port: HostPort): Promise<void> => {
    const wire = wireOf(port)
    const opened = await devices
    if (opened === undefined) return
    letGo()
    const unwatch = serveDevices(wire, opened, onCrash)
    letGo = unwatch
    port.on('close', unwatch)
  }

  return (message, port) => {
    if (message.kind === 'start') {
      devices ??= parts.open(message)
      devices
        .then(() => {
          parts.say({ kind: 'ready' })
        })
        .catch(parts.fatal)
    } else if (port !== undefined) join(port).catch(parts.fatal)
  }
}
