import { expect, test } from 'vitest'
import { mayName } from '#drivers/printer/ipp/device.ts'
import { parseIppServer } from '#drivers/printer/ipp/server.ts'

/** A print server elsewhere gains a hand inside this network: it names an address, and the counter asks there. */
const at = (address: string) => parseIppServer(address) ?? expect.fail()

test.each([
  ['192.168.1.20:631', 'ipp://127.0.0.1:8080/admin/delete'],
  ['192.168.1.20:631', 'ipp://localhost/ipp/print'],
  ['print.example', 'ipp://10.0.0.9/ipp/print'],
  ['print.example', 'ipp://print.example.org/ipp/print'],
  ['ipp://192.168.1.20/ipp/print', 'ipp://192.168.1.21/ipp/print'],
])('%s may not send the counter to %s', (server, device) => {
  expect(mayName(at(server), at(device))).toBe(false)
})

test.each([
  ['/run/cups/cups.sock', 'ipp://10.0.0.9/ipp/print'],
  ['localhost', 'ipp://localhost:60000/ipp/print'],
  ['[::1]:631', 'ipp://printer.example/ipp/print'],
  ['192.168.1.20:631', 'ipp://192.168.1.20:8631/ipp/print'],
])('%s may send it to %s: the machine’s own queues, and itself', (server, device) => {
  expect(mayName(at(server), at(device))).toBe(true)
})
