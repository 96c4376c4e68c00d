import { dateAt, days, instantAt, type Calendar } from './calendar.ts'
import type { Random } from './random.ts'
import type { Cell } from './tables.ts'

/** The first ten shops have names and figures that pictures, examples and tests rely on. */
const firstNames = '행복분식 초록약국 한강커피 서울떡볶이 미소네일 온누리마트 하늘꽃집 별빛미용실 우리정육점 산들분식'.split(' ')

const beginnings =
  '행복 초록 한강 서울 미소 온누리 하늘 별빛 우리 산들 바다 달빛 새봄 다온 해솔 가람 나래 미르 소담 은하 청춘 동네 햇살 푸른 정다운'.split(
    ' ',
  )

const trades: Readonly<Record<string, string>> = {
  분식: '음식점',
  약국: '약국',
  커피: '카페',
  떡볶이: '음식점',
  네일: '미용',
  마트: '소매',
  꽃집: '소매',
  미용실: '미용',
  정육점: '소매',
  횟집: '음식점',
  서점: '소매',
  치킨: '음식점',
  베이커리: '카페',
  세탁소: '생활',
  안경원: '소매',
  문구: '소매',
  반찬: '소매',
  국수: '음식점',
  필라테스: '운동',
  동물병원: '병원',
}

const regions =
  '서울 마포구,서울 성동구,서울 송파구,경기 성남시,경기 수원시,인천 연수구,부산 해운대구,대구 수성구,대전 유성구,광주 북구,강원 강릉시,제주 제주시'.split(
    ',',
  )

/** What real tables contain as well, by company number. */
const oddNames: Readonly<Record<number, (name: string) => string>> = {
  41: (name) => `${name} 💅✨`,
  77: (name) => name.normalize('NFD'), // typed on a Mac
  123: (name) => `${name} & "친구들" <본점>`,
  188: (name) => name.normalize('NFD'),
  222: (name) =>
    `주식회사 대한민국 전통시장 안쪽 골목에서 삼대째 이어 온 ${name} 본점 (구 중앙시장 먹자골목 입구 왼쪽 두 번째 가게, 2층은 단체 손님 전용)`,
  300: (name) => `${name}👨‍👩‍👧`,
  333: (name) => `  ${name}  강남점 `,
  404: (name) => `${name} #{이름}`,
  450: (name) => `Café ${name} – l'été`,
}

export interface Company {
  readonly id: number
  readonly name: string
  readonly cells: readonly Cell[]
}

/** 500 shops: every beginning with every trade, the first ten first. */
export function makeCompanies(calendar: Calendar, random: Random): Company[] {
  const all = Object.keys(trades).flatMap((trade) => beginnings.map((beginning) => beginning + trade))
  const names = [...firstNames, ...all.filter((name) => !firstNames.includes(name))]
  return names.map((plainName, index) => {
    const id = index + 1
    const name = oddNames[id]?.(plainName) ?? plainName
    const trade = Object.keys(trades).find((ending) => plainName.endsWith(ending)) ?? ''
    const joined = calendar.monday - days(random.between(200, 1200))
    const opened = joined - days(random.between(10, 4000))
    return { id, name, cells: [id, name, trades[trade] ?? '', random.pick(regions), dateAt(opened), instantAt(joined)] }
  })
}
