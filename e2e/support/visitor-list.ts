const FAMILY = ['김', '이', '박', '최', '정', '강', '조', '윤', '장', '임']

/**
 * 200 visitors of a shop as Excel puts them on the clipboard. Every ninth number lost its first 0; the rows below are what people really have:
 * row 12 is too short, row 26 is in scientific notation, row 41 has none, row 78 repeats row 2, row 61 has no points.
 */
export function visitorList(separator = '\t'): string {
  const special: Readonly<Record<number, string>> = { 11: '010-123', 25: '1.01235E+09', 40: '', 77: '010-2001-1007' }
  const rows = Array.from({ length: 200 }, (_, index) => {
    const place = index + 1
    const number = `${2000 + place}-${1000 + place * 7}`
    const phone = special[place] ?? (place % 9 === 0 ? `10${number.replace('-', '')}` : `010-${number}`)
    const points = place === 60 ? '' : `${place * 100}원`
    return [`${FAMILY[index % 10]}방문${place}`, phone, String(46_300 + (place % 60)), points, place % 2 === 0 ? '골드' : '실버']
  })
  return [['이름', '휴대폰', '방문일', '적립금', '등급'], ...rows].map((cells) => `${cells.join(separator)}\r\n`).join('')
}
