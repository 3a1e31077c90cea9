import type { KnowledgeBase, KnowledgeHit } from "../lib/ports.ts";
import type { Database } from "./client.ts";

const QUERY_CHARACTERS = 300;
// A passage counts when a word of its title or keywords was asked for, or this share of what the question says.
const LEAST_COVERAGE = 0.3;

/**
 * Full-text search over the tenant's passages in one statement. Each word of the question (stop words of any of the
 * three languages left out) counts by how rare it is among the passages and where it stands; passages in the asked
 * language count twice.
 */
export function createKnowledgeBase(database: Database): KnowledgeBase {
  return {
    search: (tenantId, query, language, limit) => database.sql<KnowledgeHit>`
      with passages as (
        select id, language, search, count(*) over (partition by language) as total
          from knowledge where tenant_id = ${tenantId}::uuid
      ), words as (
        select word from unnest(tsvector_to_array(to_tsvector('simple', knowledge_plain(${boundedQuery(query)})))) word
          where numnode(plainto_tsquery('spanish', word)) > 0
            and numnode(plainto_tsquery('portuguese', word)) > 0
            and numnode(plainto_tsquery('english', word)) > 0
      ), terms as (
        select word, language, plainto_tsquery(knowledge_config(language), word) as term
          from words cross join (values ('es'), ('en'), ('pt')) languages (language)
      ), hits as (
        select id, language, word, ts_rank('{0.2, 0.4, 0.8, 1}', search, term) as rank,
               ts_filter(search, '{a,b}') @@ term as named,
               ln(1 + total / count(*) over (partition by word, language)::float8) as rarity
          from terms join passages using (language) where search @@ term
      ), scored as (
        select id, sum(rank * rarity) * case when language = ${language} then 2 else 1 end as score,
               bool_or(named) as named, count(*) / (select count(*) from words)::float8 as coverage
          from hits group by id, language
      )
      select title, body as text, language
        from scored join knowledge using (id)
        where named or coverage >= ${LEAST_COVERAGE}::float8
        order by score desc, id limit ${limit}::int`,
  };
}

/** What Postgres can take: no NUL, no half of a surrogate pair, not endless. */
function boundedQuery(query: string): string {
  return query.slice(0, QUERY_CHARACTERS).toWellFormed().replaceAll("\u0000", " ");
}
