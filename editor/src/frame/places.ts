import {
  IconCalendarTime,
  IconChartBar,
  IconDatabase,
  IconMessageCircle,
  IconPlayerPlay,
  IconSettings,
  IconSitemap,
  IconUsers,
  type TablerIcon,
} from '@tabler/icons-react'

/** The screens of the product, in the order of the rail. Only those that exist are listed; `within`: paths that belong to it. */
export const places = [
  { to: '/', key: 'workflows', icon: IconSitemap, within: ['/workflows', '/examples'] },
  { to: '/runs', key: 'runs', icon: IconPlayerPlay, within: ['/runs'] },
  { to: '/totals', key: 'totals', icon: IconChartBar, within: ['/totals'] },
  { to: '/outbox', key: 'outbox', icon: IconMessageCircle, within: ['/outbox'] },
  { to: '/data', key: 'data', icon: IconDatabase, within: ['/data'] },
  { to: '/schedules', key: 'schedules', icon: IconCalendarTime, within: [] },
  { to: '/people', key: 'people', icon: IconUsers, within: [] },
  { to: '/settings', key: 'settings', icon: IconSettings, within: ['/settings'] },
] as const satisfies readonly { to: string; key: string; icon: TablerIcon; within: readonly string[] }[]
