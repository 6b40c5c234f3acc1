/** Work that can wait. Both functions return a function that cancels it. */

/**
 * Runs work after the browser has painted the current changes: the frame that shows them has ended
 * when the next one begins. A background tab paints no frames, and runs the work at once.
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

/** Runs work when the page is idle; a little later in browsers without idle callbacks. */
export function whenIdle(work: () => void): () => void {
  if ('requestIdleCallback' in window) {
    const handle = requestIdleCallback(work)
    return () => cancelIdleCallback(handle)
  }
  const handle = setTimeout(work, 500)
  return () => clearTimeout(handle)
}
