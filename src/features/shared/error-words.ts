import { lazyPart } from './lazy-part.tsx'

/**
 * The words for errors, apart from the first view (4 kB less of it): they are fetched once that is painted,
 * before most errors. What failed and the way on are said without them.
 */
export const errorWords = lazyPart(async () => {
  const [{ ErrorText }, { errorTexts }] = await Promise.all([
    import('./ErrorText.tsx'),
    import('./error-text.ts'),
  ])
  return { ErrorText, errorTexts }
})
