#!/usr/bin/env node
import { main } from '../mocks/main.ts'

await main(process.argv.slice(2), 'job-token-mock')
