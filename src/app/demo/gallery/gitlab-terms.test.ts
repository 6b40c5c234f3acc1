import { expect, test } from 'vitest'
import { termsFor } from './gitlab-terms.ts'

test('are given for what is named, in the order of GitLab’s panel', () => {
  const terms = termsFor(new Set(['Save changes', 'partners', 'All groups and projects']), 'en')
  expect(terms).toEqual([
    {
      here: 'All groups and projects',
      gitlab: 'All groups and projects',
      langs: { here: 'en', gitlab: 'en' },
    },
    { here: 'Save changes', gitlab: 'Save Changes', langs: { here: 'en', gitlab: 'en' } },
  ])
})

test('are Japanese on a Japanese page, but for those whose translation is not known', () => {
  const terms = termsFor(new Set(['認証ログ', 'なし']), 'ja')
  expect(terms.map(({ here, gitlab, langs }) => [here, gitlab, langs.gitlab])).toEqual([
    ['なし', 'None', 'en'],
    ['認証ログ', '認証ログ', 'ja'],
  ])
})
