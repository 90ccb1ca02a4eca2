import type { Client } from '@jishi/contracts/client';
import { addContractFile, type FileKind } from '@jishi/contracts/market/files';
import { saveForm } from '@jishi/contracts/market/registration-papers';
import { readContract } from '@jishi/contracts/market/trade';
import type { Steps } from './trade-steps.ts';

/** A page of one sentence, as a PDF: letters of the standard font need nothing embedded. */
const pdfOf = (line: string): Uint8Array<ArrayBuffer> => {
  const text = `BT /F1 14 Tf 60 760 Td (${line.replace(/[()\\]/g, '')}) Tj ET`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R ' +
      '/Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${text.length} >>\nstream\n${text}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];
  let body = '%PDF-1.4\n';
  const offsets = objects.map((object, i) => {
    const offset = body.length;
    body += `${i + 1} 0 obj\n${object}\nendobj\n`;
    return `${String(offset).padStart(10, '0')} 00000 n \n`;
  });
  const count = objects.length + 1;
  const table = `xref\n0 ${count}\n0000000000 65535 f \n${offsets.join('')}`;
  const end = `trailer\n<< /Size ${count} /Root 1 0 R >>\nstartxref\n${body.length}\n%%EOF\n`;
  return new TextEncoder().encode(`${body}${table}${end}`);
};

const PAPERS: readonly (readonly [FileKind, string, string])[] = [
  ['ip-proof', '技术秘密权属说明.pdf', 'Statement of rights to the trade secret'],
  ['commitment', '登记承诺书.pdf', 'Letter of commitment for the registration'],
  ['authorisation', '法人授权委托书.pdf', 'Authorisation by the legal person'],
];
const BROKER_PAPER = ['broker-agreement', '中介服务协议.pdf', 'Agreement with the broker'] as const;

/** The seller fills in the form and attaches what the desk asks for, before the signatures. */
export const bringPapers = async (
  { id }: Steps,
  seller: Client,
  { key }: { readonly key: string },
): Promise<void> => {
  const contractId = id(`${key}:contract`);
  const params = { contractId };
  const { form, files, status, broker } = await seller(readContract, { params });
  if (status !== 'drawn') return;
  for (const [kind, name, line] of broker ? [...PAPERS, BROKER_PAPER] : PAPERS) {
    if (files.some((file) => file.kind === kind)) continue;
    const query = { fileId: id(`${key}:file-${kind}`), kind, name };
    const bytes = pdfOf(`${line} - example ${contractId.slice(0, 8)}, made up`);
    await seller(addContractFile, { params, query, bytes });
  }
  if (form.version > 0) return;
  const values = {
    ...form.values,
    planSource: 'none' as const,
    socioEconomicGoal: '10' as const,
    ipKinds: form.values.ipKinds.length > 0 ? form.values.ipKinds : ['secret' as const],
  };
  const body = { commandId: id(`${key}:form`), version: 0, values };
  await seller(saveForm, { params, body });
};
