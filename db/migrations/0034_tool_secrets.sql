-- Secrets that a company's tools name as ${secret:NAME}. They stand beside the company's versions, not in them: no export, snapshot or page has them.
create table tool_secrets (
  tenant_id uuid not null references tenants (id) on delete cascade,
  name text not null check (name ~ '^[A-Z][A-Z0-9_]{0,59}$'),
  -- AES-256-GCM, bound to tenant and name (lib/crypto/seal.ts); the check keeps plain text out.
  sealed text not null check (sealed ~ '^v1\.[0-9a-f]{16}\.[A-Za-z0-9_-]{38,}$'),
  set_at timestamptz not null default clock_timestamp(),
  primary key (tenant_id, name)
);
