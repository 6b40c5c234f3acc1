import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { scenarioNames, scenarios } from '../mocks/scenarios/scenarios.ts'
import { scenarioPurposes } from '../src/app/demo/scenario-purposes.ts'
import { overwriteGetLocale } from '../src/i18n/paraglide/runtime.js'

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
const declared = scenarios.map(({ name, purpose }) => [name, purpose])

test('the README lists every scenario with its purpose, in the order in which people meet them', () => {
  const [, table = ''] = readme.split('| Scenario | What it is for |\n| --- | --- |\n')
  const rows = [...(table.split('\n\n')[0] ?? '').matchAll(/^\| `([^`]+)` \| (.+) \|$/gm)]
  expect(rows.map(([, name, purpose]) => [name, purpose])).toEqual(declared)
})

test('the page of scenarios says the same in English, and all of it in Japanese', () => {
  const inLanguage = (language: 'en' | 'ja') => {
    overwriteGetLocale(() => language)
    return scenarioNames.map((name) => [name, scenarioPurposes[name]()])
  }
  expect(inLanguage('en')).toEqual(declared)
  const japanese = inLanguage('ja').map(([, purpose]) => purpose)
  expect(
    japanese.filter(
      (purpose) => !/[\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Han}]/u.test(purpose ?? ''),
    ),
  ).toEqual([])
})
