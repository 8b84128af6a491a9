import { ipcRenderer } from 'electron'

// The two globals of the page that are needed, so that the rest of electron/ does not see the DOM's.
declare const window: { postMessage(message: unknown, origin: string, ports: readonly unknown[]): void }
declare const location: { readonly origin: string }

// A port cannot cross the context bridge: it is handed to the page by a message of the page's own origin.
ipcRenderer.on('port', ({ ports }) => {
  window.postMessage('guichet:port', location.origin, ports)
})
