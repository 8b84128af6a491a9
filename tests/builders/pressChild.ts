import type { HostPort } from '#shared/contract/hostPort.ts'
import { runHost } from '#electron/press/host.ts'
import { openPress } from '#electron/press/openPress.ts'

/**
 * The press in a process of plain Node. `PRESS_LIFE`: `work`; `hold`: a page is laid out and never handed over, until
 * somebody ends this process; `hang`: the layout never ends. It says `laying` when a page is begun.
 */
const life = process.env['PRESS_LIFE']
const say = (message: unknown): void => {
  process.send?.(message)
}
const port: HostPort = {
  postMessage: say,
  on: (event: 'message' | 'close', listener: (message: { readonly data: unknown }) => void) => {
    if (event === 'message')
      process.on('message', (data) => {
        listener({ data })
      })
  },
  start: () => undefined,
}
const receive = runHost({
  open: (resourcesDir) => {
    const press = openPress({ resourcesDir })
    return Promise.resolve({
      ...press,
      make: async (order) => {
        say({ kind: 'laying' })
        if (life === 'hang') for (;;);
        const made = await press.make(order)
        return life === 'hold' ? new Promise(() => undefined) : made
      },
    })
  },
  log: (line) => {
    process.stderr.write(`${line}\n`)
  },
})
receive({ kind: 'worker' }, port)
receive({ kind: 'start', resourcesDir: process.argv[2] ?? '' }, undefined)
