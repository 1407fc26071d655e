"""Two functions that every request by a link calls: what stands behind it, and sending the sheet (decision 0011).

PL/pgSQL keeps the plans of their statements as long as the connection lasts.
"""

from django.db import migrations

CONSENTS = """
CREATE FUNCTION surveys_agrees(who bigint, purposes text[], on_day date) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
BEGIN
  -- The rule of ConsentQuerySet.in_force, for all the purposes at once.
  RETURN NOT EXISTS (
    SELECT FROM unnest(purposes) AS needed (purpose) WHERE NOT EXISTS (
      SELECT FROM people_consent AS consent
      WHERE consent.person_id = who AND consent.purpose = needed.purpose
        AND consent.state = 'signed' AND consent.signed_on <= on_day
        AND (consent.valid_until IS NULL OR consent.valid_until >= on_day)
        AND (consent.withdrawn_on IS NULL OR consent.withdrawn_on > on_day)
    )
  );
END $$;

CREATE FUNCTION surveys_may_answer(who bigint, about bigint, is_anonymous boolean, asked_for text, on_day date)
RETURNS boolean LANGUAGE plpgsql STABLE AS $$
BEGIN
  -- Named sheets are personal data, and what third persons tell needs the consents of whom they tell about.
  IF about IS NOT NULL THEN
    RETURN surveys_agrees(about, '{processing,participation}', on_day);
  END IF;
  IF surveys_agrees(who, '{processing}', on_day) THEN
    RETURN true;
  END IF;
  -- An anonymous sheet is not, nor is an opinion of the programme: there only a withdrawal closes the door.
  RETURN (is_anonymous OR asked_for = 'self_assessment') AND NOT EXISTS (
    SELECT FROM people_consent AS consent
    WHERE consent.person_id = who AND consent.purpose = 'processing' AND consent.state = 'withdrawn'
  );
END $$;
"""

BEHIND_LINK = """
CREATE FUNCTION surveys_behind_link(link_nonce uuid, on_day date, is_locked boolean) RETURNS TABLE (
  may_answer boolean,
  invitation__id bigint, invitation__organisation_id bigint, invitation__wave_id bigint, invitation__person_id bigint,
  invitation__about_id bigint, invitation__side text, invitation__nonce uuid, invitation__is_answered boolean,
  invitation__answered_on date, invitation__is_on_paper boolean,
  wave__id bigint, wave__organisation_id bigint, wave__version_id bigint, wave__opens_on date, wave__closes_on date,
  wave__is_anonymous boolean, wave__threshold smallint, wave__stage text, wave__state text, wave__key uuid,
  wave__closed_at timestamptz,
  organisation__id bigint, organisation__short_name text, organisation__time_zone text,
  version__id bigint, version__questionnaire_id bigint, version__revision integer,
  questionnaire__id bigint, questionnaire__purpose text, questionnaire__side text,
  about__id bigint, about__surname text, about__given text, about__patronymic text,
  draft__answers text, draft__sealed bytea, draft__seconds integer
) LANGUAGE plpgsql ROWS 1 AS $$
BEGIN
  IF is_locked THEN
    -- A statement of its own: the next one sees what those have written for whom this one waits.
    PERFORM FROM surveys_invitation WHERE nonce = link_nonce FOR UPDATE;
  END IF;
  RETURN QUERY
  SELECT
    surveys_may_answer(invitation.person_id, invitation.about_id, wave.is_anonymous, questionnaire.purpose, on_day),
    invitation.id, invitation.organisation_id, invitation.wave_id, invitation.person_id,
    invitation.about_id, invitation.side::text, invitation.nonce, invitation.is_answered,
    invitation.answered_on, invitation.is_on_paper,
    wave.id, wave.organisation_id, wave.version_id, wave.opens_on, wave.closes_on,
    wave.is_anonymous, wave.threshold, wave.stage::text, wave.state::text, wave.key,
    wave.closed_at,
    organisation.id, organisation.short_name::text, organisation.time_zone::text,
    version.id, version.questionnaire_id, version.revision,
    questionnaire.id, questionnaire.purpose::text, questionnaire.side::text,
    about.id, about.surname::text, about.given::text, about.patronymic::text,
    draft.answers::text, draft.sealed, draft.seconds
  FROM surveys_invitation AS invitation
  JOIN surveys_wave AS wave ON wave.id = invitation.wave_id
  JOIN people_organisation AS organisation ON organisation.id = wave.organisation_id
  JOIN surveys_version AS version ON version.id = wave.version_id
  JOIN surveys_questionnaire AS questionnaire ON questionnaire.id = version.questionnaire_id
  JOIN people_person AS person ON person.id = invitation.person_id
  LEFT JOIN people_person AS about ON about.id = invitation.about_id
  LEFT JOIN surveys_draft AS draft ON draft.invitation_id = invitation.id
  WHERE invitation.nonce = link_nonce AND invitation.revoked_at IS NULL
    AND (person.left_on IS NULL OR person.left_on > on_day)
    AND (about.left_on IS NULL OR about.left_on > on_day);
END $$;
"""

SEND = """
CREATE FUNCTION surveys_send(
  link_id bigint, named_answers jsonb, box_content bytea, sent_moment timestamptz, sent_day date, spent_seconds integer,
  spent_minutes integer
) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF box_content IS NULL THEN
    INSERT INTO surveys_sheet (
      organisation_id, wave_id, is_anonymous, invitation_id, person_id, about_id, side, answers, sent_at, seconds, source
    )
    SELECT organisation_id, wave_id, false, id, person_id, about_id, side, named_answers, sent_moment, spent_seconds,
      'link'
    FROM surveys_invitation WHERE id = link_id;
  ELSE
    INSERT INTO surveys_sealedsheet (id, organisation_id, wave_id, is_anonymous, sealed)
    SELECT gen_random_uuid(), organisation_id, wave_id, true, box_content
    FROM surveys_invitation WHERE id = link_id;
  END IF;
  UPDATE surveys_invitation SET is_answered = true, answered_on = sent_day, minutes = spent_minutes WHERE id = link_id;
  DELETE FROM surveys_draft WHERE invitation_id = link_id;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("surveys", "0002_locks"), ("people", "0004_crossings")]

    operations = [
        migrations.RunSQL(CONSENTS, "DROP FUNCTION surveys_may_answer, surveys_agrees;"),
        migrations.RunSQL(BEHIND_LINK, "DROP FUNCTION surveys_behind_link;"),
        migrations.RunSQL(SEND, "DROP FUNCTION surveys_send;"),
    ]
