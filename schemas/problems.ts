import { fillLocalized, type Localized, type TextFields } from './localized.ts'

interface ProblemRow {
  severity: 'error' | 'warning' | 'info'
  en: string
  ko: string
}

/** Everything that can be wrong with a graph. Codes of the error table (broken SQL, missing connection …) are problems too. */
export const problemTable = {
  'empty-workflow': {
    severity: 'error',
    en: 'The workflow has no steps yet. Add one.',
    ko: '아직 단계가 없어요. 하나 추가해 주세요.',
  },
  'no-trigger': {
    severity: 'error',
    en: 'Add a step that says when it starts.',
    ko: '언제 시작할지 정하는 단계를 추가해 주세요.',
  },
  'several-triggers': {
    severity: 'error',
    en: 'There may be one start only; remove the others.',
    ko: '시작 단계는 하나만 둘 수 있어요. 나머지는 지워 주세요.',
  },
  'no-channel': {
    severity: 'error',
    en: 'Nothing is sent yet. Add a step that sends.',
    ko: '아직 보내는 단계가 없어요. 보내기 단계를 추가해 주세요.',
  },
  'unknown-node-type': {
    severity: 'error',
    en: 'There is no step of the type "{type}". Is its plugin missing?',
    ko: '‘{type}’ 단계가 없어요. 플러그인이 빠졌는지 확인해 주세요.',
  },
  'newer-node-type': {
    severity: 'error',
    en: 'This step was made with version {found} of "{type}"; here is version {known}.',
    ko: '‘{type}’ {found} 버전으로 만든 단계예요. 여기에는 {known} 버전이 있어요.',
  },
  'duplicate-node-id': { severity: 'error', en: 'Two steps have the id "{id}".', ko: '‘{id}’라는 아이디의 단계가 둘이에요.' },
  'duplicate-edge-id': { severity: 'error', en: 'Two lines have the id "{id}".', ko: '‘{id}’라는 아이디의 선이 둘이에요.' },
  'unknown-node': {
    severity: 'error',
    en: 'A line leads to "{id}", which does not exist.',
    ko: '없는 단계 ‘{id}’(으)로 가는 선이 있어요.',
  },
  'unknown-port': { severity: 'error', en: '"{node}" has no port "{port}".', ko: '‘{node}’에는 ‘{port}’ 연결점이 없어요.' },
  'port-kinds-differ': {
    severity: 'error',
    en: 'This line joins {from} to {to}; that does not fit.',
    ko: '{from}에서 {to}(으)로는 이을 수 없어요.',
  },
  'input-taken': {
    severity: 'error',
    en: 'Only one line may lead into "{port}" of "{node}".',
    ko: '‘{node}’의 ‘{port}’에는 선을 하나만 이을 수 있어요.',
  },
  'line-twice': {
    severity: 'error',
    en: 'This line leads into the step twice; remove one of the two.',
    ko: '같은 선이 두 번 이어져 있어요. 하나를 지워 주세요.',
  },
  'merge-of-one': {
    severity: 'warning',
    en: 'Only one line leads in, so there is nothing to merge. Connect the others.',
    ko: '들어오는 선이 하나뿐이라 합칠 것이 없어요. 다른 선도 이어 주세요.',
  },
  'merge-types-differ': {
    severity: 'error',
    en: 'The column "{column}" is {first} on one line and {other} on another. Give it one type in both queries, or two names.',
    ko: '‘{column}’ 열의 종류가 선마다 달라요({first}, {other}). 조회문에서 같은 종류로 맞추거나 이름을 다르게 해 주세요.',
  },
  'merge-without-text': {
    severity: 'error',
    en: 'Another line brings a text here, and the one from "{from}" has none. Put a template step on it too, or merge before the texts.',
    ko: '다른 선은 글을 갖고 오는데 ‘{from}’에서 오는 선에는 글이 없어요. 그 선에도 템플릿 단계를 넣거나 글을 쓰기 전에 합쳐 주세요.',
  },
  'merge-columns-missing': {
    severity: 'warning',
    en: 'Not every line has these columns: {columns}. They have no value for people who come over the others.',
    ko: '일부 선에만 있는 열이 있어요: {columns}. 다른 선으로 온 사람은 이 열이 빈 값이 돼요.',
  },
  'merge-several-lists': {
    severity: 'error',
    en: 'Different lists come together here. Choose "append lists", so that nobody who is on both gets it twice.',
    ko: '서로 다른 목록이 여기서 만나요. 두 목록에 다 있는 사람이 두 번 받지 않도록 ‘목록 이어 붙이기’를 골라 주세요.',
  },
  'shares-not-whole': {
    severity: 'error',
    en: 'The shares add up to {sum} %. They must make 100 %.',
    ko: '비율을 더하면 {sum}%예요. 100%가 되게 맞춰 주세요.',
  },
  'input-missing': {
    severity: 'error',
    en: 'Nothing leads into this step yet. Connect it.',
    ko: '이 단계로 들어오는 선이 없어요. 이어 주세요.',
  },
  circle: {
    severity: 'error',
    en: 'The steps {nodes} lead into each other in a circle. Remove one of the lines.',
    ko: '{nodes} 단계가 서로 돌고 있어요. 선 하나를 지워 주세요.',
  },
  'config-invalid': { severity: 'error', en: '{detail}', ko: '{detail}' },
  'config-missing': { severity: 'error', en: 'Fill in "{field}".', ko: '‘{field}’ 칸을 채워 주세요.' },
  'unknown-column': { severity: 'error', en: 'There is no column "{column}" here.', ko: '여기에는 ‘{column}’ 열이 없어요.' },
  'duplicate-column': {
    severity: 'error',
    en: 'Two columns are called "{column}". Give one of them another name with AS.',
    ko: '‘{column}’이라는 열이 둘이에요. AS로 하나의 이름을 바꿔 주세요.',
  },
  'query-join-unknown': {
    severity: 'error',
    en: 'The query uses columns of "{join}", which it is not connected to.',
    ko: '‘{join}’ 표가 이어져 있지 않은데 그 표의 열을 쓰고 있어요.',
  },
  'query-relation-unknown': {
    severity: 'error',
    en: 'How rows of "{table}" belong here is not clear: choose the relation again.',
    ko: '‘{table}’ 표와 어떻게 이어지는지 알 수 없어요. 관계를 다시 골라 주세요.',
  },
  'query-relation-many': {
    severity: 'error',
    en: 'Several rows of "{table}" may belong to one person. Use it in a condition, or count, add up or take the latest of them.',
    ko: '한 사람에게 ‘{table}’ 행이 여러 개 있을 수 있어요. 조건으로 쓰거나 개수, 합계, 가장 최근 값으로 넣어 주세요.',
  },
  'query-operator-unfit': {
    severity: 'error',
    en: '"{column}" cannot be asked whether it "{operator}".',
    ko: '‘{column}’ 열에는 ‘{operator}’ 조건을 쓸 수 없어요.',
  },
  'query-value-unfit': {
    severity: 'error',
    en: '"{value}" is no value of "{column}".',
    ko: '‘{value}’은(는) ‘{column}’ 열에 맞는 값이 아니에요.',
  },
  'query-range-unfit': {
    severity: 'error',
    en: '"{column}" holds days without a time; choose days instead of hours.',
    ko: '‘{column}’ 열에는 시각 없이 날짜만 있어요. 시간 대신 날로 골라 주세요.',
  },
  'query-not-a-number': {
    severity: 'error',
    en: '"{column}" is no number and cannot be added up.',
    ko: '‘{column}’ 열은 숫자가 아니라서 더할 수 없어요.',
  },
  'query-name-twice': {
    severity: 'error',
    en: 'Two columns are called "{column}". Give one of them another name.',
    ko: '‘{column}’이라는 열이 둘이에요. 하나의 이름을 바꿔 주세요.',
  },
  'query-name-too-long': {
    severity: 'error',
    en: 'The name "{column}" is too long for the database. Shorten it.',
    ko: '‘{column}’ 이름이 데이터베이스에 쓰기에는 너무 길어요. 줄여 주세요.',
  },
  'reserved-column': {
    severity: 'error',
    en: 'A column may not be called "{column}". Give it another name with AS.',
    ko: '‘{column}’은 열 이름으로 쓸 수 없어요. AS로 이름을 바꿔 주세요.',
  },
  'variable-not-mapped': {
    severity: 'error',
    en: 'The variable "{variable}" is not filled yet.',
    ko: '변수 ‘{variable}’에 넣을 값을 아직 정하지 않았어요.',
  },
  'parameter-not-mapped': {
    severity: 'error',
    en: 'No column fills :{name} yet. Add a column "{name}" before this step, or write the name of the column that is meant in its place.',
    ko: ':{name} 자리에 넣을 열이 아직 없어요. 앞 단계에 ‘{name}’ 열을 더하거나, 그 자리에 쓸 열의 이름을 적어 주세요.',
  },
  'columns-guessed': {
    severity: 'info',
    en: 'The columns are guessed from the first page. Keep them, so that other values tomorrow change nothing.',
    ko: '첫 쪽을 보고 열을 정했어요. 이 열로 정해 두면 내일 값이 달라져도 그대로예요.',
  },
  'variable-unused': {
    severity: 'info',
    en: 'The variable "{variable}" is filled, but no text uses it.',
    ko: '변수 ‘{variable}’에 값을 넣지만, 그 변수를 쓰는 글이 없어요.',
  },
  'format-does-not-fit': {
    severity: 'error',
    en: '"{column}" ({type}) cannot be shown as {format}.',
    ko: '‘{column}’ 열({type})은 {format} 형식으로 쓸 수 없어요.',
  },
  'template-broken': { severity: 'error', en: 'The text cannot be read: {detail}', ko: '글을 읽을 수 없어요: {detail}' },
  'template-empty': { severity: 'error', en: 'The text is empty.', ko: '글이 비어 있어요.' },
  'template-decomposed': {
    severity: 'warning',
    en: 'The text has decomposed Hangul (from macOS). It may look broken on phones; retype it.',
    ko: '자모가 나뉜 한글이 있어요(맥에서 복사한 글). 깨져 보일 수 있으니 다시 입력해 주세요.',
  },
  'text-too-long': {
    severity: 'error',
    en: 'The text alone is {used} {unit} long; at most {limit} go out.',
    ko: '글만으로도 {used}{unit}예요. {limit}{unit}까지 보낼 수 있어요.',
  },
  'text-not-encodable': {
    severity: 'error',
    en: 'A text message cannot carry: {characters}',
    ko: '문자로 보낼 수 없는 글자가 있어요: {characters}',
  },
  'message-needed': {
    severity: 'error',
    en: 'This step needs a text: put a template step before it, or write its own text.',
    ko: '보낼 글이 없어요. 앞에 템플릿 단계를 넣거나 이 단계에 글을 써 주세요.',
  },
  'form-differs': { severity: 'error', en: '{detail}', ko: '{detail}' },
  'not-checked-yet': { severity: 'error', en: 'The query could not be checked yet.', ko: '조회문을 아직 확인하지 못했어요.' },
  'placed-wrong': { severity: 'error', en: '{detail}', ko: '{detail}' },
  'leads-nowhere': {
    severity: 'warning',
    en: 'Nothing is done with what comes out of this step.',
    ko: '이 단계에서 나온 것을 아무 데도 쓰지 않아요.',
  },
  'invalid-schedule': {
    severity: 'error',
    en: '"{cron}" is not a schedule: {detail}',
    ko: '‘{cron}’은(는) 일정으로 읽을 수 없어요: {detail}',
  },
  'day-skipped': {
    severity: 'warning',
    en: 'Months without a day {day} are skipped. For the end of every month choose “Last day of the month”.',
    ko: '{day}일이 없는 달은 건너뛰어요. 월말마다 보내려면 ‘매월 마지막 날’을 골라 주세요.',
  },
  'invalid-timezone': { severity: 'error', en: 'There is no time zone "{timezone}".', ko: '‘{timezone}’ 시간대가 없어요.' },
  'no-source': {
    severity: 'error',
    en: 'Nobody gets anything yet. Add a step that reads the people.',
    ko: '아직 받는 사람이 없어요. 받는 사람을 가져오는 단계를 추가해 주세요.',
  },
  'part-missing': {
    severity: 'error',
    en: 'The workflow "{part}" is not there in this version. Choose it again, or publish it first.',
    ko: '‘{part}’ 워크플로의 이 버전이 없어요. 다시 고르거나, 그 워크플로를 먼저 게시해 주세요.',
  },
  'part-circle': {
    severity: 'error',
    en: 'The workflows would stand in each other for ever: {way}. Choose another one.',
    ko: '워크플로가 서로를 끝없이 넣게 돼요: {way}. 다른 워크플로를 골라 주세요.',
  },
  'parts-too-deep': {
    severity: 'error',
    en: 'Workflows may stand in each other {most} levels deep; here there are more.',
    ko: '워크플로 안에 워크플로는 {most}겹까지 넣을 수 있어요.',
  },
  'parts-too-many': {
    severity: 'error',
    en: 'With the steps of the workflows inside there are more than {most} steps. Use fewer.',
    ko: '안에 든 워크플로까지 합쳐 단계가 {most}개를 넘어요. 줄여 주세요.',
  },
  'part-newer': {
    severity: 'info',
    en: '"{part}" has a newer version ({newest}); version {version} is used here.',
    ko: '‘{part}’의 새 버전({newest})이 나왔어요. 여기서는 버전 {version} 그대로 써요.',
  },
  'part-face-unknown': {
    severity: 'info',
    en: 'What comes in and goes out of "{part}" is not written here as it is now.',
    ko: '‘{part}’에 들어가고 나오는 것이 여기 적힌 것과 달라요.',
  },
  'part-column-missing': {
    severity: 'error',
    en: '"{part}" needs the column "{name}", and no column "{column}" comes in. Choose the column that is meant.',
    ko: '‘{part}’에는 ‘{name}’ 열이 필요한데, 들어오는 열에 ‘{column}’이(가) 없어요. 어느 열을 쓸지 골라 주세요.',
  },
  'part-column-kind': {
    severity: 'warning',
    en: '"{part}" expects other values in "{name}" than "{column}" has. Is it the right column?',
    ko: '‘{part}’의 ‘{name}’ 열과 ‘{column}’ 열은 값의 종류가 달라요. 맞는 열인지 확인해 주세요.',
  },
  'part-column-hides': {
    severity: 'warning',
    en: 'In "{part}" and behind it, "{name}" has the values of "{column}": what came in as "{name}" is not there any more.',
    ko: '‘{part}’ 안에서도 나온 뒤에도 ‘{name}’ 열에는 ‘{column}’ 열의 값이 들어 있어요. 원래 ‘{name}’ 열의 값은 더 쓸 수 없어요.',
  },
  'several-part-inputs': {
    severity: 'error',
    en: 'People may come in at one place only; remove the others.',
    ko: '‘들어오는 곳’은 하나만 둘 수 있어요. 나머지는 지워 주세요.',
  },
  'part-starts-itself': {
    severity: 'error',
    en: 'People come in from another workflow here; "{node}" belongs into that one. Remove it, or remove "Comes in".',
    ko: '‘들어오는 곳’이 있는 워크플로에는 바깥에서 사람이 들어와요. ‘{node}’ 단계나 ‘들어오는 곳’ 중 하나를 지워 주세요.',
  },
  'part-without-end': {
    severity: 'error',
    en: 'Nothing becomes of those who come in. Add a step that sends, or "Goes out".',
    ko: '들어온 사람으로 하는 일이 없어요. 보내기 단계나 ‘나가는 곳’을 추가해 주세요.',
  },
  'part-output-alone': {
    severity: 'error',
    en: '"Goes out" belongs into a workflow with "Comes in". Add that step, or remove this one.',
    ko: '‘나가는 곳’은 ‘들어오는 곳’이 있는 워크플로에서만 써요. 그 단계를 추가하거나 이 단계를 지워 주세요.',
  },
  'several-sources': {
    severity: 'error',
    en: '"{node}" is a second list of people. Lead both lists into one "Merge" step, or remove it.',
    ko: '받는 사람 목록이 둘이에요. ‘{node}’을(를) 다른 목록과 함께 ‘합치기’ 단계로 잇거나 지워 주세요.',
  },
  'connection-unfit': {
    severity: 'error',
    en: 'The connection "{connection}" cannot be used here: {needed} is needed. Choose another one.',
    ko: '‘{connection}’ 연결은 여기서 쓸 수 없어요. 필요한 것: {needed}. 다른 연결을 골라 주세요.',
  },
  'whole-audience-after-query': {
    severity: 'error',
    en: '"{node}" needs everyone at once and cannot stand after "{after}".',
    ko: '‘{node}’은(는) 모두를 한 번에 봐야 해서 ‘{after}’ 뒤에 둘 수 없어요.',
  },
  'whole-audience-after-wait': {
    severity: 'error',
    en: '"{node}" needs everyone at once, but behind "{after}" people come one after another. Put it before the wait.',
    ko: '‘{node}’은(는) 모두를 한 번에 봐야 하는데 ‘{after}’ 뒤에는 사람마다 때가 달라요. 기다리기 앞으로 옮겨 주세요.',
  },
  'column-no-date': {
    severity: 'error',
    en: '"{column}" holds no date or time. Choose a column that says when.',
    ko: '‘{column}’ 열에는 날짜나 시각이 없어요. 언제인지 적힌 열을 골라 주세요.',
  },
  'whole-audience-of-events': {
    severity: 'error',
    en: '"{node}" needs everyone at once, but events come one by one. Remove it, or start the workflow on a schedule.',
    ko: '‘{node}’은(는) 모두를 한 번에 봐야 하는데 이벤트는 하나씩 와요. 이 단계를 지우거나 정해진 시각에 시작해 주세요.',
  },
  'slow-query': {
    severity: 'warning',
    en: 'For each value the database reads the whole table "{table}" ({rows} rows). Ask whoever runs it for an index on {index}.',
    ko: '값마다 ‘{table}’ 표 전체({rows}행)를 읽어서 느려요. 데이터베이스 담당자에게 {index} 인덱스를 부탁해 주세요.',
  },
  'connection-can-write': {
    severity: 'warning',
    en: 'The account of "{connection}" could also write. Alimflow only reads, but a read-only account is safer.',
    ko: '‘{connection}’ 계정에 쓰기 권한이 있어요. Alimflow는 읽기만 하지만 읽기 전용 계정이 더 안전해요.',
  },
} as const satisfies Record<string, ProblemRow>

export type ProblemCode = keyof typeof problemTable

/** Severity and both texts of a problem. */
export function problemText(
  code: ProblemCode,
  fields: TextFields = {},
): { severity: ProblemRow['severity']; message: Localized } {
  const row: ProblemRow = problemTable[code]
  return { severity: row.severity, message: fillLocalized(row, fields) }
}
