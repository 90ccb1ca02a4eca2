/** The method of index 0.1 in words, beside its parameters. */
export const METHOD_TEXT = {
  zh: [
    '指数 = 1000 × (S/S₀)^(6/11) × (N/N₀)^(5/11),按登记日所在自然月计算,保留两位小数,五成双。',
    'S 为已登记技术合同的技术交易额之和(分),N 为份数;关联交易与转包合同不计入。',
    'S₀、N₀ 为基年十二个月的几何平均;某月为零的分区改用算术平均并注明。',
    '基年未结束或没有基年数据时,指数无定义;当月无交易时,该月无定义。',
    '全部以整数计算,任何人用同样的账本和参数得到同样的字符串。',
    '公众视图以至少三份未公开金额的合同、三个卖方为一步更新,并待同月下一步凑齐后才公布;合同、卖方或买方少于三的分区月份不公布。',
    '0.1 版只含规模与份数;广度、转化与价格分量见后续版本。',
  ],
  en: [
    'Index = 1000 × (S/S₀)^(6/11) × (N/N₀)^(5/11), by calendar month of registration, two decimals, half to even.',
    'S is the technology value of registered contracts in fen, N their number; related-party and subcontracted ones are left out.',
    'S₀ and N₀ are geometric means of the twelve months of the base year; arithmetic, and flagged, where a month is zero.',
    'Not defined before the base year is over, without base data, or in a month without trade.',
    'All in whole numbers: the same log and parameters give anybody the same string.',
    'The public view moves in steps of at least three contracts of three sellers whose value is not published, each shown once the next of its month is full; a month of a cell with fewer than three contracts, sellers or buyers is hidden.',
    'Version 0.1 has scale and activity only; breadth, conversion and price come later.',
  ],
};
