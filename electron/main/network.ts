/** The half of Electron's command line that is written. */
interface Switches {
  appendSwitch(name: string, value?: string): void
}

/** Nothing of this program listens there, and no user may: below 1024 the port is the system's. */
const nowhere = 'http://127.0.0.1:9'

/**
 * Chromium itself asks for dictionaries, components, experiments and clocks, past every filter of a session. Whatever
 * it asks goes to a proxy that is not there, by names that are not looked up; its own pages need neither. Only the
 * worker talks to the platform, and it is not Chromium.
 * @param devServer while developing the pages come from this address of the machine
 */
export function stayOffTheNetwork(switches: Switches, devServer: string | undefined): void {
  switches.appendSwitch('disable-background-networking')
  switches.appendSwitch('disable-component-update')
  switches.appendSwitch('disable-domain-reliability')
  switches.appendSwitch('no-pings')
  if (devServer !== undefined) return
  switches.appendSwitch('proxy-server', nowhere)
  // Chromium leaves this machine's own addresses out by itself; here they are not left out either.
  switches.appendSwitch('proxy-bypass-list', '<-loopback>')
  switches.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND')
}
