import type { FromWorker, ToWorker } from '#shared/contract/hosts.ts'

/** The system's own dialog as the main process lends it to this one, by question and answer. */
export interface MainDialog {
  /** Where a file of this name shall be; nothing when the person leaves it. */
  readonly chooseFile: (name: string) => Promise<string | undefined>
  /** Takes in an answer of main. */
  receive(answer: Extract<ToWorker, { kind: 'fileChosen' }>): void
}

/** @param say sends a question to main */
export function createMainDialog(say: (question: Extract<FromWorker, { kind: 'chooseFile' }>) => void): MainDialog {
  const waiting = new Map<number, (path: string | undefined) => void>()
  let last = 0
  return {
    chooseFile: (name) =>
      new Promise((resolve) => {
        const requestId = (last += 1)
        waiting.set(requestId, resolve)
        say({ kind: 'chooseFile', requestId, name })
      }),
    receive: ({ requestId, path }) => {
      waiting.get(requestId)?.(path)
      waiting.delete(requestId)
    },
  }
}
