/** Operators: their accounts, how they are invited, and the team of a company. */
import type { TeamMember } from "../../contracts/console/access.ts";
import type { Account, Accounts, Invitations, OpenInvitation } from "../../lib/types/console/access.ts";
import type { InvitationStored, Team } from "../../lib/types/console/team.ts";
import type { Database } from "../client.ts";

/** Creates the store of accounts. An account belongs to a person, who may work for several companies. */
export function createAccounts({ sql }: Database): Accounts {
  return {
    async findByEmail(email) {
      const [row] = await sql<Account>`
        select id as "operatorId", password from operators where email = ${email}`;
      return row ?? null;
    },
    async changePassword(operatorId, { from, to, keptSessionId }) {
      const rows = await sql`
        with changed as (
          update operators set password = ${to} where id = ${operatorId}::uuid and password = ${from} returning id
        ), ended as (
          delete from sessions using changed where operator_id = changed.id and sessions.id <> ${keptSessionId}::uuid
        )
        select from changed`;
      return rows.length > 0;
    },
    async saveProfile(operatorId, { name, language }) {
      await sql`update operators set name = ${name}, language = ${language} where id = ${operatorId}::uuid`;
    },
  };
}

/** Creates the store of invitations as the invited person uses it: by the hash of the link's token. */
export function createInvitations({ sql }: Database): Invitations {
  return {
    async find(tokenHash) {
      const [row] = await sql<OpenInvitation>`
        select i.email, t.profile ->> 'name' as company, i.role, i.signs_in as "signsIn", i.resets_password as "resetsPassword",
               round(extract(epoch from i.expires_at) * 1000)::float8 as "expiresAt", o.password
          from invitations i join tenants t on t.id = i.tenant_id left join operators o on o.email = i.email
          where i.token_hash = decode(${tokenHash}, 'hex') and i.used_at is null and i.expires_at > clock_timestamp()`;
      return row ?? null;
    },
    async accept(tokenHash, acceptance) {
      const [row] = await sql<{ outcome: "accepted" | "gone" | "changed" }>`
        select accept_invitation(decode(${tokenHash}, 'hex'), ${JSON.stringify(acceptance)}::jsonb) as outcome`;
      return row?.outcome ?? "gone";
    },
  };
}

/** The company of a business number; null when none is stored. */
export async function companyOfNumber(
  { sql }: Database,
  phoneNumberId: string,
): Promise<{ tenantId: string; name: string } | null> {
  const [row] = await sql<{ tenantId: string; name: string }>`
    select id as "tenantId", profile ->> 'name' as name from tenants where phone_number_id = ${phoneNumberId}`;
  return row ?? null;
}

/** Creates the store of the team. */
export function createTeam({ sql }: Database): Team {
  return {
    list: (tenantId) => sql<TeamMember>`
      select o.id as "operatorId", null as "invitationId", o.email, o.name, m.role, null::float8 as "expiresAt",
             (select round(extract(epoch from max(seen_at)) * 1000)::float8 from sessions where operator_id = o.id) as "lastSeenAt"
        from memberships m join operators o on o.id = m.operator_id where m.tenant_id = ${tenantId}::uuid
      union all
      select null, id, email, '', role, round(extract(epoch from expires_at) * 1000)::float8, null
        from invitations
        where tenant_id = ${tenantId}::uuid and used_at is null and expires_at > clock_timestamp() and not signs_in and not resets_password
      order by "invitationId" nulls first, email`,
    async invite(tenantId, invitation) {
      const [row] = await sql<{ stored: InvitationStored }>`
        select invite_operator(${tenantId}::uuid, ${JSON.stringify(invitation)}::jsonb) as stored`;
      if (!row) throw new Error("the database returned no row");
      return row.stored;
    },
    async withdraw(tenantId, invitationId) {
      const rows = await sql`
        delete from invitations
          where tenant_id = ${tenantId}::uuid and id = ${invitationId}::uuid and used_at is null returning id`;
      return rows.length > 0;
    },
    async change(tenantId, operatorId, role) {
      const [row] = await sql<{ outcome: "done" | "not_found" | "last_owner" }>`
        select change_membership(${tenantId}::uuid, ${operatorId}::uuid, ${role}) as outcome`;
      return row?.outcome ?? "not_found";
    },
  };
}
