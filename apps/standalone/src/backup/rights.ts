import { StartRefused } from '@jishi/runtime/config';
import type pg from 'pg';

interface Rights {
  readonly name: string;
  readonly superuser: boolean;
  readonly bypass: boolean;
  readonly replica: boolean;
}

const rightsOf = async (client: pg.ClientBase): Promise<Rights> => {
  const { rows } = await client.query<Rights>(
    `select rolname as name, rolsuper as superuser, rolsuper or rolbypassrls as bypass,
       has_parameter_privilege(current_user, 'session_replication_role', 'set') as replica
     from pg_roles where rolname = current_user`,
  );
  const [rights] = rows;
  if (!rights) throw new Error('the server does not know who asks');
  return rights;
};

/** Row-level security hides rows even from their tables' owner: a backup must see all of them. */
export const requireBackupRights = async (client: pg.ClientBase): Promise<void> => {
  const { name, bypass } = await rightsOf(client);
  if (bypass) return;
  throw new StartRefused(
    `角色 ${name} 缺少 BYPASSRLS，备份会漏行：请由超级用户执行 alter role ${name} bypassrls · ` +
      `the role ${name} lacks BYPASSRLS and would miss rows: a superuser must run ` +
      `«alter role ${name} bypassrls; grant pg_read_all_data to ${name}»`,
  );
};

/** Triggers and foreign keys looked at the rows before; loading needs the right to say so. */
export const requireRestoreRights = async (client: pg.ClientBase): Promise<void> => {
  const { name, bypass, replica } = await rightsOf(client);
  if (bypass && replica) return;
  throw new StartRefused(
    `角色 ${name} 缺少恢复所需的权限 · the role ${name} lacks rights that a restore needs: a ` +
      `superuser must run «alter role ${name} bypassrls; ` +
      `grant set on parameter session_replication_role to ${name}»`,
  );
};
