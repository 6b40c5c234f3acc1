import workerUrl from './reading-worker.ts?worker&url'

/** https://developer.mozilla.org/docs/Web/API/TrustedTypePolicyFactory; TypeScript does not know it. */
declare global {
  interface Window {
    readonly trustedTypes?: {
      createPolicy(
        name: string,
        rules: { createScriptURL(url: string): string },
      ): { createScriptURL(url: string): string }
    }
  }
}

/**
 * The address of the worker that reads pasted texts, as a `TrustedScriptURL` where the browser
 * enforces Trusted Types. Created at start, because the page's Content Security Policy allows this
 * policy name once, and the first script that claims it decides which scripts are trusted.
 */
export const readingWorkerUrl: string = trust()

/** Vouches for one file of our own build and nothing else. */
function trust(): string {
  try {
    const policy = window.trustedTypes?.createPolicy('job-token-console', {
      createScriptURL(url) {
        if (url !== workerUrl) throw new TypeError('This is no worker of the console')
        return url
      },
    })
    return policy?.createScriptURL(workerUrl) ?? workerUrl
  } catch {
    // Under a policy that does not know the name no worker can be made, and the page reads by itself.
    return workerUrl
  }
}
