import { ipcRenderer } from 'electron'

// The two globals of the page that are needed, so that the rest of electron/ does not see the DOM's.
declare const window: {
  postMessage(message: unknown, origin: string, ports: readonly unknown[]): void
  addEventListener(kind: 'message', heard: (event: { data: unknown }) => void): void
}
declare const location: { readonly origin: string }

// A port cannot cross the context bridge: it is handed to the page by a message of the page's own origin, once the page
// listens, which may be after it was loaded: its words come first.
let waiting: unknown[] = []
let listens = false
const hand = (): void => {
  if (listens && waiting.length > 0) window.postMessage('guichet:port', location.origin, waiting.splice(0))
}
ipcRenderer.on('port', ({ ports }) => {
  waiting = ports
  hand()
})
window.addEventListener('message', ({ data }) => {
  if (data === 'guichet:listening' && !listens) {
    listens = true
    ipcRenderer.send('listening')
  }
  hand()
})
