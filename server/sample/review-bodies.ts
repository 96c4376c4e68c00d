import type { Random } from './random.ts'

const good = [
  '정말 맛있어요',
  '또 올게요',
  '사장님이 친절하세요',
  '가게가 깨끗해요',
  '가격도 착해요',
  '동네에서 제일이에요',
  '아이들이 좋아해요',
  '포장도 꼼꼼해요',
  '기다린 보람이 있어요',
  '선물하기 좋아요',
]
const middling = [
  '무난해요',
  '조금 기다렸어요',
  '자리가 좁아요',
  '주차가 아쉬워요',
  '양이 조금 적어요',
  '다음에는 다른 걸 먹어 볼래요',
  '가격에 비해 보통이에요',
]
const bad = [
  '다시는 안 갈 것 같아요',
  '주문이 잘못 나왔어요',
  '너무 오래 기다렸어요',
  '전화를 안 받으세요',
  '청소가 필요해 보여요',
  '환불을 요청드렸어요',
]
const endings = ['', '', '', '!', '~', ' ㅎㅎ', ' 👍', ' 😊', ' ㅠㅠ', '.']

/** A review as people write them; null and empty: stars without words. */
export function makeBody(rating: number, random: Random): string | null {
  if (random.chance(0.06)) return null
  if (random.chance(0.03)) return ''
  const phrases = rating >= 4 ? good : rating === 3 ? middling : bad
  const sentences = Array.from({ length: random.between(1, 3) }, () => random.pick(phrases) + random.pick(endings))
  const text = sentences.join(random.chance(0.1) ? '\n' : ' ')
  if (random.chance(0.0005)) return `${text} `.repeat(60).trim()
  return random.chance(0.002) ? text.normalize('NFD') : text
}
