import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { start, until, type Running } from './processes.ts'

/**
 * A D-Bus of our own. ippeveprinter insists on a system bus although it announces nothing here (`-r off`);
 * it is content with one on which no Avahi answers, so that none has to run.
 */
export async function startBus(
  folder: string,
): Promise<{ readonly env: Readonly<Record<string, string>>; readonly running: Running }> {
  const socket = join(folder, 'bus')
  const config = join(folder, 'bus.conf')
  await writeFile(
    config,
    `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN" "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <listen>unix:path=${socket}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default"><allow user="*"/><allow own="*"/><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/></policy>
</busconfig>
`,
  )
  const running = start('dbus-daemon', [`--config-file=${config}`, '--nofork', '--nopidfile'])
  await until('the bus', () => existsSync(socket), 30_000, running.said)
  return { env: { DBUS_SYSTEM_BUS_ADDRESS: `unix:path=${socket}` }, running }
}
