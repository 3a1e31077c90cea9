-- Returns a word as it sounds, without accents: letters that Spanish and Portuguese speakers take for each other are one, double and
-- silent ones are left out ("enbío" and "envío", "mallor" and "mayor").
create or replace function word_sound(p_word text) returns text language sql immutable strict parallel safe as $$
  select regexp_replace(translate(regexp_replace(regexp_replace(regexp_replace(
      lower(regexp_replace(normalize(p_word, nfd), '[\u0300-\u036f]', '', 'g')),
    'll', 'y', 'g'), 'qu|k', 'c', 'g'), 'c([ei])|[zx]', 's\1', 'g'), 'vyh', 'bi'), '(.)\1+', '\1', 'g')
$$;
