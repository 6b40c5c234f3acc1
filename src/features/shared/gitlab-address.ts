/**
 * Checks an address that GitLab sent for a page or a picture of its own. Any other address, such as
 * a script or another host, gets no link, because users write the texts that GitLab stores.
 * @param webAddress of the GitLab in use, without a final slash
 */
export function gitlabAddress(text: string | null, webAddress: string): string | undefined {
  if (!text) return undefined
  const root = `${webAddress}/`
  if (text.startsWith(root)) return text
  // Avatars may come without the host.
  if (!URL.canParse(text, root)) return undefined
  const { href } = new URL(text, root)
  return href.startsWith(root) ? href : undefined
}
