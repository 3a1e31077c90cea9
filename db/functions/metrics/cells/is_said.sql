-- True for a message that is part of a conversation between a customer and the business: not what Meta or a job said, nor a question for a
-- rating and its answer.
create or replace function is_said(p_message messages, p_rung text) returns boolean language sql immutable parallel safe as $$
  select case p_message.direction
    when 'in' then p_message.seq is not null or p_message.turn_id is not null
    else p_message.state not in ('draft', 'withheld') and p_message.author in ('bot', 'operator') and coalesce(p_rung, '') not in ('notice', 'template', 'reminder') end
$$;
