import { draftOfNeed } from '@jishi/contracts/market/completeness';
import type { NeedContent, Quality } from '@jishi/contracts/market/listing';
import { needQuality, TEXT_LENGTH_MIN } from '@jishi/contracts/market/quality';

export const qualityOfNeed = (content: NeedContent): Quality => needQuality(draftOfNeed(content));

export const needRequired = (content: NeedContent): string[] =>
  content.text.length < TEXT_LENGTH_MIN ? ['text'] : [];
