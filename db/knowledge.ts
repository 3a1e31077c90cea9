import type { Passage } from "../lib/types/company.ts";
import type { RankedHit, RankedKnowledge } from "../lib/types/tools.ts";
import type { Database } from "./client.ts";

const QUERY_CHARACTERS = 300;
// A passage matches by a word in its title or keywords, or by more than this share of the question's words.
const LEAST_COVERAGE = 0.5;
// Passages with less than this share of the best score are left out.
const LEAST_OF_BEST = 0.2;

/** A passage in place of the live one, or that leaves it out. */
export type TrialPassage = Pick<Passage, "slug" | "language"> & Partial<Passage>;

/**
 * Full-text search over the tenant's passages in one statement. Each word of the question, without the stop words of all
 * three languages, is weighted by its rarity and its position. Passages in the requested language count twice; a topic
 * found in another language is returned in the requested one if possible. `trial`: passages to search in place of live ones.
 */
export function createKnowledgeBase(
  database: Database,
  trial: readonly TrialPassage[] | null = null,
): RankedKnowledge {
  const replaced = trial && JSON.stringify(trial);
  return {
    search: (tenantId, query, language, limit) => database.sql<RankedHit>`
      with totals as (
        select language, count(*) as total from passages_of(${tenantId}::uuid, ${replaced}::jsonb) group by language
      ), words as (
        select word from passage_terms(${tenantId}::uuid, ${replaced}::jsonb, ${boundedQuery(query)}) word
      ), terms as (
        select word, language, plainto_tsquery(knowledge_config(language), word) as term
          from words cross join (values ('es'), ('en'), ('pt')) languages (language)
      ), hits as (
        select slug, language, word, ts_rank('{0.25, 0.25, 1, 1}', search, term) as rank,
               ts_filter(search, '{a,b}') @@ term as named,
               ln(1 + total / count(*) over (partition by word, language)::float8) as rarity
          from terms join totals using (language) join passages_of(${tenantId}::uuid, ${replaced}::jsonb) using (language)
          where search @@ term
      ), scored as (
        select slug, language, sum(rank * rarity) * case when language = ${language} then 2 else 1 end as score,
               bool_or(named) as named, count(*) / (select count(*) from words)::float8 as coverage
          from hits group by slug, language
      ), topics as (
        select distinct on (slug) slug, language as matched, score
          from scored where named or coverage > ${LEAST_COVERAGE}::float8 order by slug, score desc
      ), best as (
        select slug, matched, score from topics
          where score >= ${LEAST_OF_BEST}::float8 * (select max(score) from topics)
          order by score desc, slug limit ${limit}::int
      )
      select slug, title, body as text, language, score
        from best cross join lateral (
          select title, body, language from passages_of(${tenantId}::uuid, ${replaced}::jsonb)
            where slug = best.slug
            order by language = ${language} desc, language = best.matched desc limit 1
        ) passage
        order by score desc, slug`,
  };
}

/** Query that PostgreSQL accepts: bounded, without NUL and lone surrogates. */
function boundedQuery(query: string): string {
  return query.slice(0, QUERY_CHARACTERS).toWellFormed().replaceAll("\u0000", " ");
}
