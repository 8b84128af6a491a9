import { parseArgs } from 'node:util'
import { openDatabase } from './database.ts'
import { remind, reminderWish, wishReminder } from './reminders.ts'
import { createTables } from './schema.ts'
import { smppGateway } from './smsGateway.ts'

/**
 * Sends the reminders that are due, for a timer of the machine; with `--wish`, keeps whose number wants one, as a portal
 * does where he books. `DATABASE_URL` or `--data` names the platform's database, `GUICHET_SMS` the message centre.
 */
const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    sender: { type: 'string', default: 'GUICHET' },
    wish: { type: 'string' },
    phone: { type: 'string' },
    language: { type: 'string', default: 'fr' },
  },
})
const named = (name: string): string | undefined => (process.env[name] === '' ? undefined : process.env[name])
const [url, centre] = [named('DATABASE_URL'), named('GUICHET_SMS')]
const { wish, phone, language } = values
const wanted = reminderWish.safeParse({ appointment: wish, phone, language })
if ((url === undefined && values.data === undefined) || (wish === undefined ? centre === undefined : !wanted.success)) {
  process.stderr.write(
    'GUICHET_SMS=smpp://NAME:PASSWORD@HOST:PORT DATABASE_URL=… node tests/platform/remind.ts [--data DIR] [--sender NAME]\n' +
      'DATABASE_URL=… node tests/platform/remind.ts --wish APPOINTMENT --phone +212… [--language fr|ar|en|zgh]\n',
  )
  process.exit(2)
}
const database = await openDatabase({
  url,
  folder: values.data,
  log: (line) => {
    process.stderr.write(`${line}\n`)
  },
})
try {
  await createTables(database)
  if (wanted.success) await wishReminder(database, wanted.data)
  else {
    const gateway = smppGateway(centre ?? '', values.sender)
    process.stdout.write(`${JSON.stringify({ sent: await remind(database, gateway, Date.now()) })}\n`)
    gateway.close()
  }
} finally {
  await database.close()
}
