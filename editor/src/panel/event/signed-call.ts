/**
 * A shell script that calls a webhook as the Standard Webhooks rules want it: HMAC-SHA256 over `id.timestamp.body` with the bytes of the
 * secret. Needs `openssl` and `curl`; the secret comes from the environment, so that the script can be kept.
 */
export function signedCall({ url, body }: { url: string; body: unknown }): string {
  const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`
  return [
    `SECRET="\${SECRET:?whsec_…}"`,
    `BODY=${quoted(JSON.stringify(body, null, 2))}`,
    `ID="msg_$(date +%s)_$$"; TIME="$(date +%s)"`,
    `KEY="$(printf %s "\${SECRET#whsec_}" | openssl base64 -d -A | od -An -v -tx1 | tr -d ' \\n')"`,
    `SIGN="$(printf %s "$ID.$TIME.$BODY" | openssl dgst -sha256 -mac HMAC -macopt "hexkey:$KEY" -binary | openssl base64 -A)"`,
    [
      `curl -X POST ${quoted(url)}`,
      `-H 'content-type: application/json'`,
      `-H "webhook-id: $ID"`,
      `-H "webhook-timestamp: $TIME"`,
      `-H "webhook-signature: v1,$SIGN"`,
      `--data-binary "$BODY"`,
    ].join(' \\\n  '),
  ].join('\n')
}
