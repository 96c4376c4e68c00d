interface Account {
  readonly user: string
  readonly password: string
}

/** What the form of a PostgreSQL connection holds for a test database, which is reached by a socket. */
export function settingsOf({ url }: { url: string }, account?: Account) {
  const parsed = new URL(url.replace('@/', '@socket/'))
  return {
    settings: {
      host: parsed.searchParams.get('host') ?? '',
      database: parsed.pathname.slice(1),
      user: account?.user ?? parsed.username,
    },
    secrets: { password: account?.password ?? decodeURIComponent(parsed.password) },
  }
}
