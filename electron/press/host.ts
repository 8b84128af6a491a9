import { wireOf, type HostPort } from '#shared/contract/hostPort.ts'
import type { ToPress } from '#shared/contract/hosts.ts'
import { crashOf } from '#shared/crash.ts'
import type { Press } from '#shared/ports/press.ts'
import { servePress } from './servePress.ts'

/**
 * The life of the press: it reads fonts and templates once, then serves the worker that main joined last. It holds
 * nothing between two papers, so that main may end it at any moment.
 */
export function runHost(parts: {
  readonly open: (resourcesDir: string) => Promise<Press>
  readonly log: (line: string) => void
}): (message: ToPress, port: HostPort | undefined) => void {
  let start: (resourcesDir: string) => void
  const started = new Promise<string>((resolve) => {
    start = resolve
  })
  const press = started.then(parts.open)
  // Without fonts there is no paper: the process ends, and main says so in its log and tries again.
  const onCrash = (call: string, cause: unknown): void => {
    parts.log(`${call}: ${crashOf(cause)}`)
  }
  return (message, port) => {
    if (message.kind === 'start') start(message.resourcesDir)
    else if (port !== undefined) servePress(wireOf(port), () => press, onCrash)
  }
}
