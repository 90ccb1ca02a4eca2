import { saveText } from '../../../kit/save-file.ts';

/** A head as the file that people keep: the note as it was signed, byte for byte. */
export const saveNote = (note: string, size: number): void =>
  saveText(`jishi-head-${size}.txt`, note, 'text/plain;charset=utf-8');

export const saveKey = (verifierKey: string): void =>
  saveText('jishi-log-key.txt', `${verifierKey}\n`, 'text/plain;charset=utf-8');
