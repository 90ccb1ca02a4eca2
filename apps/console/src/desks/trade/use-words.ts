import { useAreaWords } from '../../words/area.ts';
import { tradeWords } from './words.ts';

/** The words of this desk in the reader's language. */
export const useTradeWords = () => useAreaWords(tradeWords);
