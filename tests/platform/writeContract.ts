import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseDocument } from 'yaml'
import { contractSchemas } from './contractSchemas.ts'

// Writes the schemas of the parsers into the platform's OpenAPI file; the rest of it is written by hand.
const file = join(import.meta.dirname, '..', '..', 'resources', 'platform.openapi.yaml')
const document = parseDocument(readFileSync(file, 'utf8'))
document.setIn(['components', 'schemas'], document.createNode(contractSchemas()))
writeFileSync(file, document.toString({ lineWidth: 140 }))
