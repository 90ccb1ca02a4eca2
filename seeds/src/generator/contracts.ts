import { createHash } from 'node:crypto';
import type { FieldCode } from '@jishi/contracts/codes';
import { CONTRACT_TYPES } from '@jishi/contracts/contract-types';
import { FIELDS } from '@jishi/contracts/fields';
import type { ContractPrivate, ContractPublic } from '@jishi/contracts/ledger/events';
import { addDays, type LocalDate } from '@jishi/contracts/time';
import { drawAmounts } from './amounts.ts';
import { FIELD_MIX, INDUSTRY_MIX, SELLERS, TRAITS, TYPES } from './calibration.ts';
import type { Offers } from './listings.ts';
import type { Player, World } from './parties.ts';
import type { Random } from './random.ts';

/** A contract as both sides signed it, and who brings it to the desk. */
export interface Drawn {
  readonly contractId: string;
  readonly registrant: Player;
  readonly seller: Player;
  readonly buyer: Player;
  readonly public: ContractPublic;
  readonly private: ContractPrivate;
}

export interface Sources {
  readonly random: Random;
  readonly world: World;
  readonly offers: Offers;
  /** Distinguishes the texts of two histories in one log. */
  readonly history: string;
}

const TITLE_SUBJECT: Readonly<Record<FieldCode, readonly string[]>> = {
  electronics: ['边缘计算平台', '高速接口芯片', '工业视觉检测系统', '数据治理平台'],
  aerospace: ['轻量化结构件', '机载传感模块'],
  manufacturing: ['柔性装配线', '精密减速器', '在线测量装置', '热处理工艺'],
  biomedicine: ['体外诊断试剂', '生物反应器工艺', '康复机器人', '制剂工艺'],
  materials: ['高强铝合金', '特种涂层', '膜材料', '导热复合材料'],
  energy: ['储能管理系统', '燃料电池电堆', '余热利用系统'],
  environment: ['工业废水回用', '固废资源化', '烟气治理'],
  nuclear: ['辐照加工工艺', '剂量监测'],
  agriculture: ['水产养殖监测', '种质筛选', '设施农业环控'],
  transport: ['车路协同', '轨道检测', '港口调度'],
  urban: ['管网监测', '建筑节能', '智慧社区'],
};

const titleOf = (random: Random, field: FieldCode, type: string): string => {
  const zh = CONTRACT_TYPES.find((entry) => entry.code === type)?.shortZh ?? '';
  const name = FIELDS.find((entry) => entry.code === field)?.shortZh ?? '';
  return `${random.pick(TITLE_SUBJECT[field])}技术${zh}(${name},合成数据)`;
};

const subTypeOf = (random: Random, type: string): string => {
  const subTypes = CONTRACT_TYPES.find((entry) => entry.code === type)?.subTypes ?? [];
  // The first of each list is the common one.
  const first = subTypes[0];
  if (!first) throw new Error(`no sub-type of ${type}`);
  return random.chance(0.6) ? first.code : random.pick(subTypes).code;
};

interface Sides {
  readonly isImport: boolean;
  readonly seller: Player;
  readonly buyer: Player;
}

const drawSides = ({ random, world }: Sources): Sides => {
  const isImport = random.chance(TRAITS.import);
  const nature = random.weighted(SELLERS);
  const seller = isImport ? world.foreignSeller() : world.seller(nature);
  let buyer = isImport ? world.buyerInCity() : world.buyer();
  while (buyer.ref.partyId === seller.ref.partyId) buyer = world.buyer();
  return { isImport, seller, buyer };
};

/** Draws a contract that will be registered on a day and was signed on an earlier one. */
export const drawContract = (
  sources: Sources,
  signedOn: LocalDate,
  registeredOn: LocalDate,
): Drawn => {
  const { random, offers, world, history } = sources;
  const { isImport, seller, buyer } = drawSides(sources);
  const registrant = isImport ? buyer : seller;
  const contractType = random.weighted(TYPES);
  const fieldCode = random.weighted(FIELD_MIX);
  const amounts = drawAmounts(random, contractType, seller.ref.nature, registeredOn);
  const listing = random.chance(TRAITS.fromListing)
    ? offers.openOn('listing', fieldCode, signedOn)
    : undefined;
  const need = random.chance(TRAITS.fromNeed)
    ? offers.openOn('need', fieldCode, signedOn)
    : undefined;
  const contractId = random.id(Date.parse(`${signedOn}T02:00:00Z`));
  return {
    ...{ contractId, registrant, seller, buyer },
    public: {
      contractType,
      contractSubType: subTypeOf(random, contractType),
      fieldCode,
      industryCode: random.weighted(INDUSTRY_MIX[fieldCode]),
      sellerDistrict: registrant.ref.district,
      buyerDistrict: buyer.ref.district,
      isImport,
      relatedParty: random.chance(TRAITS.related),
      subcontract: random.chance(TRAITS.subcontract),
      signedOn,
      effectiveOn: addDays(signedOn, random.whole(0, 5)),
      publishedValueFen: random.chance(TRAITS.published) ? `${amounts.contractValueFen}` : null,
    },
    private: {
      title: titleOf(random, fieldCode, contractType),
      listingId: listing?.id ?? null,
      needId: need?.id ?? null,
      seller: seller.ref,
      buyer: buyer.ref,
      broker: random.chance(TRAITS.broker) ? world.broker().ref : null,
      contractValueFen: `${amounts.contractValueFen}`,
      technologyValueFen: `${amounts.technologyValueFen}`,
      contractTextHash: createHash('sha256').update(`${history} ${contractId}`).digest('hex'),
      form: null,
      attachments: [],
    },
  };
};
