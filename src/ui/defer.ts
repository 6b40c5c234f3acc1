/** Work that can wait, so that what the user waits for is there first. Each returns what calls it off. */

/**
 * Once what has just changed is in sight: the frame that shows it is over when the next one begins. A
 * tab in the background shows none, and need not wait for any.
 */
export function afterPaint(work: () => void): () => void {
  let timer: ReturnType<typeof setTimeout>
  if (document.hidden) {
    timer = setTimeout(work)
    return () => clearTimeout(timer)
  }
  let frame = requestAnimationFrame(() => {
    frame = requestAnimationFrame(() => {
      timer = setTimeout(work)
    })
  })
  return () => {
    cancelAnimationFrame(frame)
    clearTimeout(timer)
  }
}

/** Once the page has nothing else to do; in browsers that cannot tell, a little later. */
export function whenIdle(work: () => void): () => void {
  if ('requestIdleCallback' in window) {
    const handle = requestIdleCallback(work)
    return () => cancelIdleCallback(handle)
  }
  const handle = setTimeout(work, 500)
  return () => clearTimeout(handle)
}
