import { Health } from '@jishi/contracts/health';
import { SERVICES, type ServiceId } from '../databases.ts';

export interface OverallHealth {
  /** `down` while a service does not answer; `degraded` when one says that something is amiss. */
  readonly status: 'ok' | 'degraded' | 'down';
  readonly log: 'synthetic' | 'real';
  readonly services: Readonly<Record<ServiceId, Health | null>>;
  readonly notes: readonly { readonly zh: string; readonly en: string }[];
}

export interface HealthOptions {
  readonly log: 'synthetic' | 'real';
  readonly portOf: (service: ServiceId) => number | null;
  /** What the launcher itself has to say, such as seeding that still goes on. */
  readonly notes: () => OverallHealth['notes'];
}

const ANSWER_TIMEOUT_MS = 2_000;

const ask = async (service: ServiceId, port: number | null): Promise<Health | null> => {
  if (port === null) return null;
  try {
    const response = await fetch(`http://127.0.0.1:${port}/api/${service}/health`, {
      signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS),
    });
    return response.ok ? Health.parse(await response.json()) : null;
  } catch {
    return null;
  }
};

/** Asks every service; a missing answer is `down`, never left out. */
export const overallHealth = async (options: HealthOptions): Promise<OverallHealth> => {
  const [market, ledger, subsidy] = await Promise.all(
    SERVICES.map((service) => ask(service, options.portOf(service))),
  );
  const services = { market: market ?? null, ledger: ledger ?? null, subsidy: subsidy ?? null };
  const answers = Object.values(services);
  const down = SERVICES.filter((service) => services[service] === null);
  const degraded = answers.some((answer) => answer?.status === 'degraded');
  return {
    status: down.length > 0 ? 'down' : degraded ? 'degraded' : 'ok',
    log: options.log,
    services,
    notes: [
      ...down.map((name) => ({ zh: `${name} 服务无应答`, en: `${name} does not answer` })),
      ...answers.flatMap((answer) => answer?.notes ?? []),
      ...options.notes(),
    ],
  };
};
