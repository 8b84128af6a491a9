// Loaded into the program before its own code: Playwright must be attached before the first window opens, or it may wait for ever
// for a page that was already there. It calls `__playwright_run` when it is.
const { app } = module.require('electron')

const ready = app.whenReady()
let release
const held = new Promise((resolve) => {
  release = resolve
})
app.whenReady = () => held
globalThis.__playwright_run = () => ready.then(release)
