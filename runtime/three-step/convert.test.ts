import { expect, test } from 'vitest'
import { isThreeStep } from '#schemas/is-three-step.ts'
import { convertThreeStep } from './convert.ts'
import { withoutPeople } from './without-people.ts'

/** The example of the schema document: nothing of it was made up here. */
const example = {
  name: '성과 리포트',
  trigger_type: 'manual',
  target_config: {
    targetGroups: [
      {
        id: 'group_1',
        name: '명덕가는 테스트',
        type: 'dynamic',
        dynamicQuery: {
          sql: 'SELECT id, contacts, company_name FROM customers WHERE active = 1',
          description: '특정 조건의 고객 조회',
        },
      },
    ],
  },
  message_config: {
    templates: [
      {
        id: 'template_1',
        templateCode: 'TK_001',
        templateName: '성과 리포트',
        variables: {
          total_reviews: { sourceType: 'query', sql: 'SELECT COUNT(*) FROM reviews WHERE company_id = ?', defaultValue: '0' },
        },
      },
    ],
  },
  mapping_config: {
    targetTemplateMappings: [
      {
        id: 'mapping_1',
        targetGroupId: 'group_1',
        templateId: 'template_1',
        fieldMappings: [
          { templateVariable: 'company_name', targetField: 'company_name', formatter: 'text' },
          { templateVariable: 'total_reviews', targetField: 'review_count', formatter: 'number' },
        ],
      },
    ],
  },
}

const convert = (raw: object) => convertThreeStep({ ...raw }, { connection: 'shop', provider: 'sandbox', dialect: 'mysql' })
const configsOf = ({ document }: ReturnType<typeof convert>, type: string) =>
  document.nodes.filter((node) => node.type === type).map(({ config }) => config)
const koOf = ({ notes }: ReturnType<typeof convert>, kind: string) =>
  notes.filter((note) => note.kind === kind).map(({ message }) => message.ko)
const lines = ({ document }: ReturnType<typeof convert>) =>
  document.edges.map(({ source, sourcePort, target }) => `${source}.${sourcePort} → ${target}`)

const group = (id: string, sql: string, name = id) => ({ id, name, type: 'dynamic', dynamicQuery: { sql } })
const template = (id: string, content = 'Hi #{name}') => ({ id, templateCode: id, content, pfId: '@shop' })
const mapped = (targetGroupId: string, templateId: string, column = 'name') => ({
  targetGroupId,
  templateId,
  fieldMappings: [{ templateVariable: 'name', targetField: column }],
})

test('the example of the old schema becomes one line of steps', () => {
  const made = convert(example)
  expect(lines(made)).toEqual([
    'start.start → audience',
    'audience.rows → once',
    'once.rows → values',
    'values.rows → variables',
    'variables.rows → text',
    'text.messages → send',
  ])
  expect(configsOf(made, 'sql-source')).toEqual([
    { connection: 'shop', sql: 'SELECT id, contacts, company_name FROM customers WHERE active = 1' },
  ])
  expect(configsOf(made, 'variable-query')).toEqual([
    { connection: 'shop', sql: 'select\n  COUNT(*) as total_reviews\nFROM reviews WHERE company_id = :company_id' },
  ])
  expect(configsOf(made, 'mapping')).toEqual([
    {
      variables: {
        total_reviews: {
          column: 'total_reviews',
          format: { kind: 'number' },
          whenNull: 'default',
          whenEmpty: 'default',
          whenNoRow: 'default',
          default: '0',
        },
        company_name: { column: 'company_name' },
      },
    },
  ])
  expect(configsOf(made, 'send-alimtalk')).toEqual([{ connection: 'sandbox', address: 'contacts', expiresAfter: 1440 }])
  // The group has no company_id, and the id of the person is not put in its place.
  expect(koOf(made, 'warning').filter((note) => note.includes(':company_id'))).toHaveLength(1)
  expect(koOf(made, 'lost')).toEqual([])
})

test('the first version kept its mappings inside the audience, and a migration put them into mapping_config as a list', () => {
  const { targetTemplateMappings } = example.mapping_config
  const legacy = { ...example, mapping_config: {}, target_config: { ...example.target_config, targetTemplateMappings } }
  const migrated = { ...example, mapping_config: targetTemplateMappings }
  const asText = { ...example, mapping_config: JSON.stringify(example.mapping_config) }
  for (const one of [legacy, migrated, asText]) expect(convert(one).document).toEqual(convert(example).document)
})

test('several groups meet, part by template with each number once, and part again by group', () => {
  const made = convert({
    target_config: {
      targetGroups: [
        group('g1', 'select phone, name from a'),
        group('g2', 'select phone, title from b'),
        group('g3', 'select phone, name from c'),
      ],
    },
    message_config: { templates: [template('t1'), template('t2')] },
    mapping_config: {
      targetTemplateMappings: [mapped('g1', 't1'), mapped('g2', 't1', 'title'), mapped('g3', 't1'), mapped('g2', 't2', 'title')],
    },
  })
  expect(lines(made)).toEqual([
    'start.start → audience',
    'start.start → audience-2',
    'start.start → audience-3',
    'audience.rows → everybody',
    'audience-2.rows → everybody',
    'audience-3.rows → everybody',
    'everybody.rows → once',
    'once.rows → by-group',
    'by-group.g1 → variables',
    'variables.rows → text',
    'text.messages → send',
    'by-group.g2 → variables-2',
    'variables-2.rows → text-2',
    'text-2.messages → send-2',
    'by-group.g3 → variables-3',
    'variables-3.rows → text-3',
    'text-3.messages → send-3',
    'everybody.rows → groups',
    'groups.matched → once-2',
    'once-2.rows → variables-4',
    'variables-4.rows → text-4',
    'text-4.messages → send-4',
  ])
  expect(configsOf(made, 'sql-source').map(({ listName }) => listName)).toEqual(['g1', 'g2', 'g3'])
  expect(configsOf(made, 'leave-out')).toMatchObject([
    { address: 'phone', duplicates: true },
    { address: 'phone', duplicates: true },
  ])
})

test('groups that call the number differently get one column for it', () => {
  const made = convert({
    target_config: { targetGroups: [group('g1', 'select contacts, name from a'), group('g2', 'select mobile, name from b')] },
    message_config: { templates: [template('t1')] },
    mapping_config: { targetTemplateMappings: [mapped('g1', 't1'), mapped('g2', 't1')] },
  })
  expect(lines(made).slice(0, 6)).toEqual([
    'start.start → audience',
    'audience.rows → number',
    'start.start → audience-2',
    'audience-2.rows → number-2',
    'number.rows → everybody',
    'number-2.rows → everybody',
  ])
  expect(configsOf(made, 'send-alimtalk').map(({ address }) => address)).toEqual(['받는 번호', '받는 번호'])
})

test('a static group becomes a list, and its people are not in the original that is kept', () => {
  const raw = {
    target_config: {
      targetGroups: [
        {
          id: 's',
          name: '직접 고른 고객',
          type: 'static',
          members: [{ id: 7, phone: '010-1234-5678', '회사 이름': '한강' }, { phone: '01099990000' }],
        },
      ],
    },
    message_config: { templates: [template('t')] },
    mapping_config: { targetTemplateMappings: [mapped('s', 't')] },
  }
  const made = convert(raw)
  expect(made.lists).toEqual([
    {
      nodeId: 'audience',
      name: '직접 고른 고객',
      columns: [
        { name: 'id', label: 'id', kind: 'text' },
        { name: 'phone', label: 'phone', kind: 'phone' },
        { name: '회사_이름', label: '회사 이름', kind: 'text' },
      ],
      rows: [
        ['7', '010-1234-5678', '한강'],
        [null, '01099990000', null],
      ],
    },
  ])
  const kept = JSON.stringify(withoutPeople(raw))
  expect(kept).not.toMatch(/1234|9999/)
  expect(kept).toContain('"members":{"people":2}')
})

test('what names something that is not there, or is there twice, is told and left out', () => {
  const made = convert({
    target_config: {
      targetGroups: [
        group('g', 'select phone, name from a', '첫째'),
        group('g', 'select phone from b', '둘째'),
        group('x', 'select phone from c'),
      ],
    },
    message_config: { templates: [template('t'), template('t'), template('u')] },
    mapping_config: {
      targetTemplateMappings: [
        mapped('g', 't'),
        mapped('g', 't', 'other'),
        mapped('nobody', 't'),
        mapped('g', 'nothing'),
        'junk',
        null,
      ],
    },
  })
  expect(koOf(made, 'lost')).toEqual([
    '아이디가 ‘g’인 그룹이 둘이에요. 뒤에 나온 ‘둘째’은(는) 옮기지 않았어요.',
    '아이디가 ‘t’인 템플릿이 둘이에요. 뒤에 나온 ‘t’은(는) 옮기지 않았어요.',
    '‘첫째’ 그룹에 ‘t’ 템플릿이 두 번 이어져 있어요. 먼저 나온 매핑만 옮겼어요.',
    '매핑에 적힌 그룹 ‘nobody’이(가) 없어서 그 매핑은 옮기지 않았어요.',
    '매핑에 적힌 템플릿 ‘nothing’이(가) 없어서 그 매핑은 옮기지 않았어요.',
    '‘x’ 그룹을 쓰는 매핑이 없어서 옮기지 않았어요.',
    '‘u’ 템플릿을 쓰는 매핑이 없어서 옮기지 않았어요.',
  ])
  expect(configsOf(made, 'send-alimtalk')).toHaveLength(1)
})

test('without mappings everybody gets every text, and each variable is still to be filled', () => {
  const { mapping_config: _, ...raw } = example
  const made = convert({ ...raw, message_config: { templates: [template('t')] } })
  expect(configsOf(made, 'mapping')).toEqual([{ variables: { name: { column: '' } } }])
  expect(koOf(made, 'warning')[0]).toContain('매핑 설정이 없어요')
})

test('nothing at all, and junk, are an empty workflow and no exception', () => {
  for (const raw of [
    { target_config: null },
    { target_config: 'x', message_config: [], mapping_config: 3 },
    { target_config: { targetGroups: [null, 1, { type: 'static' }] }, message_config: { templates: [{}, 'x'] } },
    { mapping_config: { targetTemplateMappings: [{}] } },
  ])
    expect(convert(raw).document.nodes[0]?.type).toBe('manual-trigger')
})

test.each([
  [{ cron: '0 9 * * 1' }, { cron: '0 9 * * 1' }],
  [
    { cronExpression: '0 30 8 * * *', timezone: 'Asia/Seoul' },
    { cron: '30 8 * * *', timezone: 'Asia/Seoul' },
  ],
  [{ frequency: 'daily', time: '09:30' }, { cron: '30 9 * * *' }],
  [{ type: 'weekly', time: '9:00', daysOfWeek: [1, 'fri'] }, { cron: '0 9 * * 1,5' }],
  [{ recurrence: 'weekly', time: '09:00', days: ['월', '일'] }, { cron: '0 9 * * 0,1' }],
  [{ repeat: 'monthly', time: '18:05', dayOfMonth: 25 }, { cron: '5 18 25 * *' }],
  [{ frequency: 'weekly', time: '09:00' }, { cron: '' }],
  [{ frequency: 'daily', time: '99:00' }, { cron: '' }],
  [{}, { cron: '' }],
])('a schedule %j starts by the clock, or says that it does not know when', (schedule_config, config) => {
  const made = convert({ ...example, trigger_type: 'schedule', schedule_config })
  expect(configsOf(made, 'schedule-trigger')).toEqual([config])
  expect(koOf(made, 'warning').some((note) => note.startsWith('언제 시작하는지'))).toBe(config.cron === '')
})

test('formats look as they looked', () => {
  const fieldMappings = ['text', 'number', 'currency', 'date', 'sparkle'].map((formatter) => ({
    templateVariable: formatter,
    targetField: 'company_name',
    formatter,
  }))
  const text = fieldMappings.map(({ templateVariable }) => `#{${templateVariable}}`).join(' ')
  const made = convert({
    ...example,
    message_config: { templates: [{ ...template('template_1'), content: text }] },
    mapping_config: [{ targetGroupId: 'group_1', templateId: 'template_1', fieldMappings }],
  })
  expect(configsOf(made, 'mapping')).toMatchObject([
    {
      variables: {
        text: { column: 'company_name' },
        number: { format: { kind: 'number' } },
        currency: { format: { kind: 'currency' } },
        date: { format: { kind: 'date', pattern: 'yyyy. M. d.' } },
        sparkle: { column: 'company_name' },
      },
    },
  ])
  expect(koOf(made, 'lost')).toEqual(['‘sparkle’ 형식은 없어요. ‘sparkle’ 변수는 값 그대로 보여요.'])
})

test('knows a three-step workflow when it sees one', () => {
  expect(isThreeStep(example)).toBe(true)
  expect(isThreeStep({ targetConfig: {} })).toBe(true)
  expect(isThreeStep({ nodes: [], target_config: {} })).toBe(false)
  expect(isThreeStep([example])).toBe(false)
})
