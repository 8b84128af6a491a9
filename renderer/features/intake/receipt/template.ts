import { receiptTemplate } from '#shared/domain/receipt/receiptTemplate.ts'
import wording from '#shared/domain/receipt/receipt.json'

/** The wording of the paper, parsed as the worker parses it: preview and print say the same. */
export const paperWords = () => receiptTemplate.parse(wording)
