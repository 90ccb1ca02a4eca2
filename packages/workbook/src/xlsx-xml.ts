import type { OutCell } from './csv-text.ts';
import { cellAddress, columnName } from './sheet.ts';

/** How a cell looks: the number of its style in STYLES. */
export const CELL_STYLE = { plain: 0, heading: 1, wrong: 2, remark: 3, number: 4 } as const;
export type CellStyle = keyof typeof CELL_STYLE;

export interface StyledCell {
  readonly value: OutCell;
  readonly style: CellStyle;
}

export interface OutRow {
  readonly cells: readonly (OutCell | StyledCell)[];
  /** The row's number; the next one when left out. */
  readonly number?: number;
}

/** A column (from 1) whose cells, from a row on, take one of a list or show a hint. */
export interface Validation {
  readonly column: number;
  readonly fromRow: number;
  readonly toRow: number;
  /** Such as `'代码'!$A$2:$A$12`; without it any value may be written. */
  readonly list?: string;
  readonly title: string;
  readonly hint: string;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};
/** What XML 1.0 has no place for. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones to be taken out.
const NOT_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

export const xmlText = (text: string): string =>
  text.replace(NOT_XML, '').replace(/[&<>"]/g, (character) => ESCAPES[character] ?? '');

const isStyled = (cell: OutCell | StyledCell): cell is StyledCell =>
  cell !== null && typeof cell === 'object' && 'style' in cell;

const cellXml = (cell: OutCell | StyledCell, row: number, column: number): string => {
  const { value, style } = isStyled(cell)
    ? cell
    : {
        value: cell,
        style: (cell !== null && typeof cell !== 'string' ? 'number' : 'plain') as CellStyle,
      };
  const head = `<c r="${cellAddress(row, column)}" s="${CELL_STYLE[style]}"`;
  if (value === null || value === '') return style === 'plain' ? '' : `${head}/>`;
  if (typeof value !== 'string') return `${head}><v>${xmlText(value.number)}</v></c>`;
  const text = xmlText(value);
  // An inline string is a text whatever it begins with: nothing in it is ever calculated.
  return `${head} t="inlineStr"><is><t xml:space="preserve">${text}</t></is></c>`;
};

export const rowXml = ({ cells }: OutRow, number: number): string =>
  `<row r="${number}">${cells.map((cell, i) => cellXml(cell, number, i + 1)).join('')}</row>`;

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

export interface SheetHead {
  readonly widths: readonly number[];
  readonly frozenRows: number;
  readonly frozenColumns: number;
}

const paneXml = ({ frozenRows, frozenColumns }: SheetHead): string => {
  if (frozenRows === 0 && frozenColumns === 0) return '';
  const corner = cellAddress(frozenRows + 1, frozenColumns + 1);
  const x = frozenColumns > 0 ? ` xSplit="${frozenColumns}"` : '';
  const y = frozenRows > 0 ? ` ySplit="${frozenRows}"` : '';
  const pane = x && y ? 'bottomRight' : x ? 'topRight' : 'bottomLeft';
  return `<pane${x}${y} topLeftCell="${corner}" activePane="${pane}" state="frozen"/>`;
};

export const sheetStart = (head: SheetHead): string => {
  const columns = head.widths
    .map((width, i) => `<col min="${i + 1}" max="${i + 1}" width="${width}" customWidth="1"/>`)
    .join('');
  return (
    `${DECLARATION}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0">` +
    `${paneXml(head)}</sheetView></sheetViews>` +
    `${columns === '' ? '' : `<cols>${columns}</cols>`}<sheetData>`
  );
};

/** A hint may hold 255 characters, its title 32. */
const validationXml = (v: Validation): string => {
  const name = columnName(v.column);
  const range = `${name}${v.fromRow}:${name}${v.toRow}`;
  const prompt =
    ` showInputMessage="1" promptTitle="${xmlText(v.title.slice(0, 32))}"` +
    ` prompt="${xmlText(v.hint.slice(0, 255))}"`;
  const allow = ' allowBlank="1"';
  return v.list === undefined
    ? `<dataValidation${allow}${prompt} sqref="${range}"/>`
    : `<dataValidation type="list"${allow} showErrorMessage="1" errorStyle="warning"${prompt}` +
        ` sqref="${range}"><formula1>${xmlText(v.list)}</formula1></dataValidation>`;
};

export const sheetEnd = (validations: readonly Validation[]): string => {
  const inside = validations.map(validationXml).join('');
  const list =
    inside === ''
      ? ''
      : `<dataValidations count="${validations.length}">${inside}</dataValidations>`;
  return `</sheetData>${list}</worksheet>`;
};

export const STYLES =
  `${DECLARATION}<styleSheet xmlns="${MAIN}"><fonts count="3">` +
  '<font><sz val="11"/><name val="Microsoft YaHei"/></font>' +
  '<font><b/><sz val="11"/><name val="Microsoft YaHei"/></font>' +
  '<font><sz val="11"/><color rgb="FF4A5866"/><name val="Microsoft YaHei"/></font></fonts>' +
  '<fills count="4"><fill><patternFill patternType="none"/></fill>' +
  '<fill><patternFill patternType="gray125"/></fill>' +
  '<fill><patternFill patternType="solid"><fgColor rgb="FFEAF2FA"/></patternFill></fill>' +
  '<fill><patternFill patternType="solid"><fgColor rgb="FFFDECEA"/></patternFill></fill></fills>' +
  '<borders count="2"><border/><border><left style="thin"><color rgb="FFB8281F"/></left>' +
  '<right style="thin"><color rgb="FFB8281F"/></right><top style="thin">' +
  '<color rgb="FFB8281F"/></top><bottom style="thin"><color rgb="FFB8281F"/></bottom></border>' +
  '</borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="5"><xf/>' +
  '<xf fontId="1" fillId="2" applyFont="1" applyFill="1"/>' +
  '<xf fillId="3" borderId="1" applyFill="1" applyBorder="1"/>' +
  '<xf fontId="2" applyFont="1"/><xf numFmtId="4" applyNumberFormat="1"/></cellXfs></styleSheet>';

export const contentTypes = (sheets: number): string => {
  const part = (name: string, type: string) =>
    `<Override PartName="/xl/${name}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.${type}+xml"/>`;
  const all = Array.from({ length: sheets }, (_, i) =>
    part(`worksheets/sheet${i + 1}`, 'worksheet'),
  );
  return (
    `${DECLARATION}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ` +
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
    '<Default Extension="xml" ContentType="application/xml"/>' +
    `${part('workbook', 'sheet.main')}${part('styles', 'styles')}${all.join('')}</Types>`
  );
};

export const ROOT_RELATIONS =
  `${DECLARATION}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" ` +
  `Type="${RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>`;

export const workbookRelations = (sheets: number): string => {
  const all = Array.from(
    { length: sheets },
    (_, i) =>
      `<Relationship Id="rId${i + 1}" Type="${RELATIONS}/worksheet" ` +
      `Target="worksheets/sheet${i + 1}.xml"/>`,
  );
  return (
    `${DECLARATION}<Relationships xmlns="${PACKAGE}/relationships">${all.join('')}` +
    `<Relationship Id="rId${sheets + 1}" Type="${RELATIONS}/styles" Target="styles.xml"/>` +
    '</Relationships>'
  );
};

/** A tab's name: without the characters that it may not hold, at most 31 long. */
const tabName = (name: string): string => name.replace(/[[\]:*?/\\]/g, ' ').slice(0, 31);

export const workbookXml = (names: readonly string[]): string => {
  const sheets = names.map(
    (name, i) => `<sheet name="${xmlText(tabName(name))}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`,
  );
  return (
    `${DECLARATION}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets>${sheets.join('')}` +
    '</sheets></workbook>'
  );
};
