import { oneLine } from '../documents/writing.ts';
import type { Language, Texts } from '../domain/facts.ts';
import { type Letter, toHtml, toText } from './letter.ts';
import type { RenderedNotice } from './notice.ts';

/** The mail with a code. It says whose it is and until when, and holds no link. */
export function otpLetter(
  otp: { business: string; timeZone: string; language: Language; code: string; expiresAt: Date },
  t: Texts,
): RenderedNotice {
  const { language, code } = otp;
  const until = t(language, 'say-clock', { at: otp.expiresAt, zone: otp.timeZone });
  const args = { business: oneLine(otp.business), code, until };
  const letter: Letter = {
    language,
    tone: 'plain',
    from: args.business,
    subject: t(language, 'otp-subject', args),
    title: code,
    paragraphs: [t(language, 'otp-text', args)],
    details: [],
    small: [t(language, 'otp-small', args)],
  };
  return { subject: letter.subject, text: toText(letter), html: toHtml(letter) };
}
