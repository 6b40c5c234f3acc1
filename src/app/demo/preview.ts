/**
 * A preview in the gallery is the whole demo in a frame. All frames of a tab share its storage, so that
 * one would go on with what another has written: a preview keeps its own, which ends with it.
 */

/** The name of a frame that is a preview. */
export const previewName = 'state-preview'

/** Whether this page is a preview in the gallery. */
export const isPreview = (): boolean => window.parent !== window && window.name === previewName

/** Gives a preview storage of its own. To be called before anything is read from storage. */
export function keepApart(): void {
  if (!isPreview()) return
  for (const name of ['localStorage', 'sessionStorage']) {
    Object.defineProperty(window, name, { value: createStorage() })
  }
}

/** Storage in memory, with the methods of the browser's. */
function createStorage(): Storage {
  const items = new Map<string, string>()
  return {
    get length() {
      return items.size
    },
    key: (at) => [...items.keys()][at] ?? null,
    getItem: (name) => items.get(name) ?? null,
    setItem: (name, value) => void items.set(name, `${value}`),
    removeItem: (name) => void items.delete(name),
    clear: () => items.clear(),
  }
}
