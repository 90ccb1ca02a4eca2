import type { DemoAccount } from './demo-accounts.ts';

export interface Terminal {
  /** One step of the start, with the seconds since it began. */
  readonly step: (zh: string, en: string) => void;
  readonly line: (text: string) => void;
  /** Background progress: rewritten in place on a terminal, a line for each tenth elsewhere. */
  readonly progress: (percent: number, text: string) => void;
}

const TENTH = 10;

export const openTerminal = (output: NodeJS.WriteStream): Terminal => {
  const beganMs = performance.now();
  const isTerminal = output.isTTY === true;
  let lastTenth = -1;
  let pending = false;
  // Nobody reading any more (a closed pipe) is no reason to stop the market.
  output.on('error', () => {});
  const print = (text: string): void => {
    output.write(`${pending ? '\n' : ''}${text}\n`);
    pending = false;
  };
  return {
    step: (zh, en) => {
      const seconds = ((performance.now() - beganMs) / 1000).toFixed(1).padStart(5);
      print(`[${seconds} s] ${zh} · ${en}`);
    },
    line: print,
    progress: (percent, text) => {
      const shown = `  ${String(percent).padStart(3)} % ${text}`;
      if (isTerminal) {
        output.write(`\r\x1b[2K${shown}`);
        pending = true;
        return;
      }
      const tenth = Math.floor(percent / TENTH);
      if (tenth === lastTenth) return;
      lastTenth = tenth;
      print(shown);
    },
  };
};

const accountLines = (accounts: readonly DemoAccount[]): string[] => {
  const rows = accounts.map((a) => [a.email, a.password, a.roles.join(', '), a.organisation.name]);
  const widths = [0, 1, 2].map((i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)));
  return rows.map((row) => `  ${row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join('  ')}`);
};

export interface Welcome {
  readonly publicUrl: string;
  readonly dataFolder: string;
  /** It was named: another program of this checkout has to be told of it, too. */
  readonly isFolderNamed: boolean;
  readonly log: 'synthetic' | 'real';
  readonly accounts: readonly DemoAccount[];
  readonly accountsFile: string;
}

/** What a newcomer needs next: the address, who to sign in as, what to try. */
export const welcome = (terminal: Terminal, about: Welcome): void => {
  const { publicUrl } = about;
  const kind =
    about.log === 'synthetic'
      ? '演示账本（合成数据） · synthetic log'
      : '正式账本（真实数据） · real log';
  terminal.line('');
  terminal.line(`技市 Jishi  ${publicUrl}`);
  terminal.line(`  ${kind}`);
  terminal.line(`  数据 data   ${about.dataFolder}`);
  terminal.line(`  日志 logs   ${about.dataFolder}/logs`);
  if (about.accounts.length > 0) {
    terminal.line('');
    terminal.line(`演示账户（仅限本机） · demo accounts, this machine only: ${about.accountsFile}`);
    for (const row of accountLines(about.accounts)) terminal.line(row);
  }
  terminal.line('');
  terminal.line('试一试 · what to try');
  terminal.line(
    `  ${publicUrl}/                   首页与各岗位的工作台 · home, and a desk for each role`,
  );
  terminal.line(`  ${publicUrl}/live               实时屏 · the live screen`);
  terminal.line(`  ${publicUrl}/api/market/docs    接口 · the interfaces (also ledger, subsidy)`);
  if (about.log === 'synthetic') {
    const named = about.isFolderNamed ? `DATA_DIR=${about.dataFolder} ` : '';
    terminal.line(
      `  ${named}npx -y pnpm@10 journey    另开一个终端，走完全程 · the whole flow, in another terminal`,
    );
  }
  terminal.line('  Ctrl-C                    停止 · stop');
  terminal.line('');
};
