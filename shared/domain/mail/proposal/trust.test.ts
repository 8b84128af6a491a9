import { describe, expect, it, test } from 'vitest'
import { familiar, layerWorth } from './trust.ts'

const french =
  'Objet : Demande de salle. Monsieur le Directeur, j’ai l’honneur de vous demander de bien vouloir mettre à notre disposition une salle pour la formation du personnel de la commune.'
const arabic =
  'المملكة المغربية، وزارة الداخلية، إلى السيد مدير الوكالة، الموضوع : طلب وضع قاعة رهن الإشارة من أجل تكوين موظفي الجماعة في هذا الشهر'
const backwards = (text: string): string => [...text].reverse().join('')

describe('the worth of a text layer', () => {
  test.each([
    ['French', french],
    ['Arabic', arabic],
    ['both', `${french}\n${arabic}`],
    ['Arabic with vowel signs', arabic.replace(/م/gu, 'مُ')],
    ['Arabic in the shapes of old encodings', 'اﻟﻤﻮﺿﻮﻉ : ﻃﻠﺐ ﻗﺎﻋﺔ ﻟﻼﺟﺘﻤﺎﻉ ﻓﻲ ﻣﻘﺮ ﺍﻟﺠﻤﺎﻋﺔ ﻣﻦ ﺃﺟﻞ ﺗﻜﻮﻳﻦ ﺍﻟﻤﻮﻇﻔﻴﻦ'],
  ])('%s is believed', (_, text) => {
    expect(layerWorth(text)).toBe('good')
  })

  it('paperless-ngx 1163, 2301, 2354: Arabic in the order of the eye is not believed', () => {
    expect(layerWorth(backwards(arabic))).toBe('reversed')
    expect(layerWorth(`${french}\n${backwards(arabic)}`)).toBe('reversed')
  })

  it('nor is Arabic whose ligatures alone are turned', () => {
    expect(
      layerWorth('وبعد، علاقة بالموضوع المشار إليه، يشرفني أن أحيطكم يف هذا اإلطار إىل حدود اليوم أن المجلس اجتمع'),
    ).toBe('reversed')
  })

  it('paperless-ngx 3593: a font that does not say which letters it draws is not believed', () => {
    const shifted = french.replace(/[a-z]/giu, (letter) => String.fromCharCode(letter.charCodeAt(0) + 1))
    for (const text of [
      french.replace(/[eas]/gu, '□'),
      french.replace(/[eas]/gu, '\ufffd'),
      french.replace(/[eas]/gu, '\ue021'),
      french.replace(/[eaistrn]/gu, 'Ж'),
      shifted,
    ])
      expect(layerWorth(text)).toBe('broken')
  })

  it('paperless-ngx 4724: a header laid over a picture is not the text of the page', () => {
    for (const text of ['', '   \n', '1/1', 'Scan 12/11/2026 page 1']) expect(layerWorth(text)).toBe('scarce')
  })
})

it('paperless-ngx 10247: what is no French and no Arabic has hardly a word that letters hold', () => {
  expect(
    familiar('Sehr geehrte Damen und Herren, hiermit teilen wir Ihnen mit, dass Ihr Antrag bearbeitet wurde'),
  ).toBeLessThan(0.04)
  expect(familiar(french)).toBeGreaterThan(0.3)
  expect(familiar(arabic)).toBeGreaterThan(0.3)
})
