/** The product's sign: a line that flows to a yellow dot. The same drawing as public/favicon.svg. */
export function Logo({ size }: { size: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 34 34" aria-hidden focusable="false">
      <rect width="34" height="34" rx="9" fill="var(--accent)" />
      <path
        d="M8 22.5c4.6 0 4.6-11.5 9.2-11.5 4.2 0 4 6.6 8.3 6.6"
        fill="none"
        stroke="#fff"
        strokeWidth="2.8"
        strokeLinecap="round"
      />
      <circle cx="8.2" cy="22.4" r="2.1" fill="#fff" />
      <circle cx="25.6" cy="17.6" r="2.7" fill="var(--kakao)" />
    </svg>
  )
}
